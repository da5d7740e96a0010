-- The number of a queue; it gets one where it has none.
local function number_queue(base, name)
  local number = redis.call('HGET', base .. 'queues', name)
  if not number then
    number = tostring(redis.call('INCR', base .. 'queue-count'))
    redis.call('HSET', base .. 'queues', name, number)
  end
  redis.call('HSET', base .. number, 'name', name)
  return number
end
