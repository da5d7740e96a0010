-- Stores members of a plan that is too large for one call. They wait for `plan`, and go by
-- themselves if that never comes.
--
-- KEYS[1]  base
-- ARGV[1]  offset  unused
-- ARGV[2]  packed  name of the stage; fields, flat: { memberId, index, ... }
local base = KEYS[1]
local STAGE_SECONDS = 600
local name, fields = cmsgpack.unpack(ARGV[2])
redis.call('HSET', base .. ':r:i~' .. name, unpack(fields))
redis.call('EXPIRE', base .. ':r:i~' .. name, STAGE_SECONDS)
