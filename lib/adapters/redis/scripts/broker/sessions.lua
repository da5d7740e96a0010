-- Tells of all sessions that nobody has declared dead.
--
-- KEYS 1  base
-- REPLY   { session; text about it; opened at; beat at; claims held } for each
local base, reply = KEYS[1] .. ':b:', {}
for i, session in ipairs(redis.call('ZRANGE', base .. 'live', 0, -1)) do
  local about = redis.call('HMGET', base .. 'session:' .. session, 'about', 'opened', 'beat')
  reply[i] = { session, about[1], about[2], about[3], redis.call('HLEN', base .. 'held:' .. session) }
end
return reply
