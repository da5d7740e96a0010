-- The number of a queue; it gets one where it has none.
local function number_queue(base, name)
  local number = redis.call('HGET', base .. 'queues', name)
  if number then return number end
  number = tostring(redis.call('INCR', base .. 'queue-count'))
  redis.call('HSET', base .. 'queues', name, number)
  redis.call('HSET', base .. number, 'name', name)
  return number
end
