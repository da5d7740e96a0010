-- Removes all of a plan but its record, whose value tells the plan above it. Include results-plans
-- and results-records before.
local function drop_plan(id, value)
  local plan = read_plan(id)
  if plan and is_released(plan) then add_count('R' .. plan.released, -1) end
  redis.call('UNLINK', base .. ':r:p:' .. id, base .. ':r:i:' .. id, base .. ':r:n:' .. id)
  local _, at = varint(value, 3)
  if value:byte(at) % 2 == 1 then redis.call('SREM', base .. ':r:n:' .. text(value, at + 1), id) end
end
