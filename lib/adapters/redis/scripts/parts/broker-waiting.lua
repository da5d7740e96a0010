-- The priorities of a queue, highest first.
local function priorities_of(base, queue)
  if not redis.call('HGET', base .. queue, 'odd') then return { '0' } end
  return redis.call('ZREVRANGE', base .. queue .. ':priorities', 0, -1)
end

-- How many messages wait, plans and schedules too.
local function count_waiting(base, queue)
  local count = -(redis.call('HGET', base .. queue, 'ghosts') or 0)
  for _, priority in ipairs(priorities_of(base, queue)) do
    count = count + redis.call('LLEN', base .. queue .. ':list:' .. priority) + redis.call('ZCARD', base .. queue .. ':front:' .. priority)
  end
  return count
end
