-- Notes that ends of a plan have been dispatched, each once.
--
-- KEYS[1]  base
-- ARGV[1]  offset  ms that tests add to the server's time
-- ARGV[2]  packed  revision; planId; names of the ends
local base, offset = KEYS[1], tonumber(ARGV[1])
--- include results-time
--- include results-lists
--- include results-counts
--- include results-tell
local revision, id, ends = cmsgpack.unpack(ARGV[2])
--- include results-plans

local plan = read_plan(id)
if not plan then return end
local key = base .. ':r:p:' .. id
local noted, told = {}, redis.call('GETRANGE', key, PLAN_HEAD_BYTES + 4 * plan.members, -1)
local at = 1
while at <= #told do
  local length = struct.unpack('>I2', told, at)
  noted[told:sub(at + 2, at + 1 + length)] = true
  at = at + 2 + length
end
local more = ''
for _, name in ipairs(ends) do
  if not noted[name] then more = more .. struct.pack('>I2', #name) .. name end
  noted[name] = true
end
if more == '' then return end
redis.call('APPEND', key, more)
plan.revision = revision
write_plan(plan)
tell({ id })
