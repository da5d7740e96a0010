-- Moves claims of one session to another, and ends the first one: the rest of what it holds goes
-- back. May be repeated with the same new session.
--
-- KEYS 1  base
-- ARGV 1  old session
-- ARGV 2  new session, open already
-- ARGV 3  packed: numbers (with a ':' behind) and ids of the claims to move
-- REPLY   which of the claims the new session holds, as indexes
--- include broker-time
--- include broker-chunks
--- include broker-header
--- include broker-wake
--- include broker-place
--- include broker-session
--- include broker-settle
--- include broker-hand-back
--- include broker-close
local base, from, to = KEYS[1] .. ':b:', ARGV[1], ARGV[2]
local numbers, ids = unpack(cmsgpack.unpack(ARGV[3]))

local claims, moved, left = hmget(base .. 'held:' .. from, ids), {}, {}
for i, id in ipairs(ids) do
  if holds(claims[i], numbers[i]) then
    left[#left + 1] = id
    moved[#moved + 1] = id
    moved[#moved + 1] = claims[i]
  end
end
many('HDEL', base .. 'held:' .. from, left)
many('HSET', base .. 'held:' .. to, moved)
close(base, from, now)

local held, kept = hmget(base .. 'held:' .. to, ids), {}
for i in ipairs(ids) do
  if holds(held[i], numbers[i]) then kept[#kept + 1] = i end
end
return kept
