-- Reads records with the states of plans.
--
-- KEYS[1]  base
-- ARGV[1]  offset  unused
-- ARGV[2]  packed  ids
-- REPLY    of each id: its record (or nil), the state of that plan (or nil)
local base = KEYS[1]
local reply = {}
for _, id in ipairs(cmsgpack.unpack(ARGV[2])) do
  local value = redis.call('HGET', base .. ':r:j', id)
  reply[#reply + 1] = value
  reply[#reply + 1] = value and redis.call('GET', base .. ':r:p:' .. id)
end
return reply
