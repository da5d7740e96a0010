-- Tells of all schedules; forgets those that have gone.
--
-- KEYS 1  base
-- REPLY   as in parts/broker-describe.lua
--- include broker-time
--- include broker-chunks
--- include broker-holders
--- include broker-describe
local base = KEYS[1] .. ':b:'
local ids = {}
local known = redis.call('SMEMBERS', base .. 'schedules')
for i, value in ipairs(hmget(base .. 'messages', known)) do
  if value and (string.byte(value) or 0) % 4 == 2 then ids[#ids + 1] = known[i]
  else redis.call('SREM', base .. 'schedules', known[i]) end
end
return describe(base, ids, find_holders(base, ids), now)
