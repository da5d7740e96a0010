-- Keeps notices. Each puts off when its topic is forgotten.
--
-- KEYS[1]  base
-- ARGV[1]  offset  ms that tests add to the server's time
-- ARGV[2]  packed  notices, flat: { topic, name, body, ttl (ms), ... }
local base, offset = KEYS[1], tonumber(ARGV[1])
--- include results-time
local notices = cmsgpack.unpack(ARGV[2])
local started = now()
for at = 1, #notices, 4 do
  local key, ttl = base .. ':r:t:' .. notices[at], notices[at + 3]
  redis.call('HSET', key, 'n' .. notices[at + 1], notices[at + 2], 'until', started + ttl)
  redis.call('PEXPIRE', key, ttl)
end
