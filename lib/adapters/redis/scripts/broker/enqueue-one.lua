-- Takes in one job of priority 0 that is due at once, if its id is not known: else nothing is done.
--
-- KEYS 1  base
-- ARGV 1  name of the queue
-- ARGV 2  number it is believed to have
-- ARGV 3  id
-- ARGV 4  message
-- REPLY   server time, epoch ms | known (the id is) | renumbered (the queue has another number)
--- include broker-time
local base, name, queue, id, message = KEYS[1] .. ':b:', unpack(ARGV)

local about = redis.call('HMGET', base .. queue, 'name', 'idle', 'next')
if about[1] ~= name then return 'renumbered' end
if redis.call('HSETNX', base .. 'messages', id, message) == 0 then return 'known' end
if about[3] and tonumber(about[3]) <= now then
  --- include broker-chunks
  --- include broker-header
  --- include broker-place
  promote(base, queue, now, 1000)
end
redis.call('RPUSH', base .. queue .. ':list:0', id)
if about[2] then
  --- include broker-wake
  wake(base, queue, 1, now)
end
return now
