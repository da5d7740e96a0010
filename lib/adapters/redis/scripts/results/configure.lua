-- Says how long what has finished is kept; the last word counts.
--
-- KEYS[1]  base
-- ARGV[1]  offset  unused
-- ARGV[2]  policy  age and count of successful, failed, cancelled, as '<ms or ->,<count or ->,...'
local state = KEYS[1] .. ':r:s'
redis.call('HSET', state, 'policy', ARGV[2])
redis.call('HDEL', state, 'due')
