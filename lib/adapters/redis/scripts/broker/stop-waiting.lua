-- Ends the waiting of one call: wakes it, and leaves a mark by which it knows.
--
-- KEYS 1  base
-- ARGV 1  name of the waiting call
-- ARGV 2  session
-- REPLY   OK
local key = KEYS[1] .. ':b:stop:' .. ARGV[1] .. ':' .. ARGV[2]
redis.call('RPUSH', key, '', '')
redis.call('PEXPIRE', key, 10000)
return 'OK'
