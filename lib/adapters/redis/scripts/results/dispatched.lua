-- Notes which ends of plans have been dispatched, each once.
--
-- KEYS[1]  base
-- ARGV[1]  offset  ms that tests add to the server's time
-- ARGV[2]  packed  revision; notes: { planId, names of the ends }
local base, offset = KEYS[1], tonumber(ARGV[1])
--- include results-time
--- include results-lists
--- include results-counts
--- include results-tell
local revision, notes = cmsgpack.unpack(ARGV[2])
--- include results-plans
local noted_plans = {}

-- What was dispatched before, as it is written.
local function read_noted(plan)
  if plan.rest then return plan.rest:sub(4 * plan.members + 1) end
  return redis.call('GETRANGE', base .. ':r:p:' .. plan.id, PLAN_HEAD_BYTES + 4 * plan.members, -1)
end

local function more_than(told, ends)
  local noted, more, at = {}, '', 1
  while at <= #told do
    local length = struct.unpack('>I2', told, at)
    noted[told:sub(at + 2, at + 1 + length)] = true
    at = at + 2 + length
  end
  for _, name in ipairs(ends) do
    if not noted[name] then more = more .. struct.pack('>I2', #name) .. name end
    noted[name] = true
  end
  return more
end

for _, note in ipairs(notes) do
  local id, ends = unpack(note)
  local plan = read_plan(id)
  local more = plan and more_than(read_noted(plan), ends) or ''
  if more ~= '' then
    plan.revision = revision
    if plan.rest then plan.rest = plan.rest .. more
    else redis.call('APPEND', base .. ':r:p:' .. id, more) end
    write_plan(plan)
    noted_plans[#noted_plans + 1] = id
  end
end
tell(noted_plans)
