-- Opens a session, or shows that it lives: what it holds stays.
--
-- KEYS 1  base
-- ARGV 1  session
-- ARGV 2  lease, ms
-- ARGV 3  who it is: text
-- REPLY   server time, epoch ms
--- include broker-when-full
--- include broker-time
--- include broker-session
local base = KEYS[1] .. ':b:'
local session, lease, about = ARGV[1], tonumber(ARGV[2]), ARGV[3]

local key = base .. 'session:' .. session
redis.call('HSETNX', key, 'opened', now)
redis.call('HSET', key, 'lease', lease, 'about', about)
redis.call('SREM', base .. 'dead', session)
extend(base, session, lease, now)
return now
