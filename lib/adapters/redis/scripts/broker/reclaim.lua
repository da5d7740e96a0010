-- Opens a session, moves claims of another one to it, and ends that: the rest of what it holds goes
-- back. May be repeated with the same new session.
--
-- KEYS 1  base
-- ARGV 1  old session
-- ARGV 2  new session
-- ARGV 3  packed: numbers (with a ':' behind) and ids of the claims to move
-- ARGV 4  lease of the new session, ms
-- ARGV 5  who it is: text
-- REPLY   which of the claims the new session holds, as indexes
--- include broker-when-full
--- include broker-time
--- include broker-chunks
--- include broker-header
--- include broker-wake
--- include broker-place
--- include broker-session
--- include broker-open
--- include broker-settle
--- include broker-hand-back
--- include broker-close
local base, from, to = KEYS[1] .. ':b:', ARGV[1], ARGV[2]
local numbers, ids = unpack(cmsgpack.unpack(ARGV[3]))
-- In the same breath: claims of a session that nobody knows would never be handed back.
open_session(base, to, tonumber(ARGV[4]), ARGV[5], now)

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
