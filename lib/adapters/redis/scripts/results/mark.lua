-- Says how members stand, or plans as a whole. For a plan that is not there yet it is kept.
--
-- KEYS[1]  base
-- ARGV[1]  offset  ms that tests add to the server's time
-- ARGV[2]  packed  revision; marks, flat: { planId, memberId (false: the whole), generation, status, ... }
-- REPLY    of each mark: members and open of its plan after all marks; nil, nil where no plan is
local base, offset = KEYS[1], tonumber(ARGV[1])
--- include results-time
--- include results-lists
--- include results-counts
--- include results-tell
local revision, marks = cmsgpack.unpack(ARGV[2])
--- include results-plans
--- include results-marks

local function keep_for_later(id, member, generation, status)
  if redis.call('HEXISTS', base .. ':r:j', id) == 1 then return end
  local key, field = base .. ':r:a:' .. id, member and 'm' .. member or 'whole'
  local last = tonumber(redis.call('HGET', key, field) or 0)
  local last_status = last % 4
  local last_generation = (last - last_status) / 4
  if last == 0 or supersedes(generation, status, last_generation, last_status, member) then
    redis.call('HSET', key, field, string.format('%d', generation * 4 + status))
  end
  redis.call('ZADD', base .. ':r:a', now(), id)
end

local plans, changed, told = {}, {}, {}
for at = 1, #marks, 4 do
  local id, member, generation, status = unpack(marks, at, at + 3)
  local plan = plans[id]
  if plan == nil then
    plan = read_plan(id) or false
    plans[id] = plan
  end
  if plan then
    local open = plan.open
    local takes = member and mark_member(plan, member, generation, status)
      or not member and mark_whole(plan, generation, status)
    if takes and not changed[id] then changed[id], told[#told + 1] = true, id end
    if plan.open > open then plan.opened = true end
  else
    keep_for_later(id, member, generation, status)
  end
end
for _, id in ipairs(told) do
  local plan = plans[id]
  plan.revision = revision
  write_plan(plan)
end
for _, id in ipairs(told) do
  if plans[id].opened then turn(read_plan(id), false) end
end
tell(told)
local reply = {}
for at = 1, #marks, 4 do
  local plan = plans[marks[at]]
  reply[#reply + 1], reply[#reply + 2] = plan and plan.members, plan and plan.open
end
return reply
