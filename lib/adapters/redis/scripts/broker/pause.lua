-- Lets a queue give out nothing, or go on.
--
-- KEYS 1  base
-- ARGV 1  name of the queue
-- ARGV 2  1 to pause, 0 to go on
-- REPLY   server time, epoch ms
--- include broker-time
--- include broker-number
--- include broker-wake
local base, paused = KEYS[1] .. ':b:', ARGV[2] == '1'
local queue = number_queue(base, ARGV[1])

if paused then redis.call('HSET', base .. queue, 'paused', 1)
else
  redis.call('HDEL', base .. queue, 'paused')
  wake(base, queue, 8, now)
end
return now
