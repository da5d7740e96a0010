-- Gives queues numbers, by which messages and keys name them. A number is never given twice.
--
-- KEYS 1  base
-- ARGV 1  names   packed list
-- REPLY   numbers, in the order of the names; first of all server time, epoch ms
--- include broker-time
local base, names = KEYS[1] .. ':b:', cmsgpack.unpack(ARGV[1])

local reply = { now }
for i, name in ipairs(names) do
  local number = redis.call('HGET', base .. 'queues', name)
  if not number then
    number = redis.call('INCR', base .. 'queue-count')
    redis.call('HSET', base .. 'queues', name, number)
    redis.call('HSET', base .. 'names', number, name)
  end
  reply[i + 1] = tostring(number)
end
return reply
