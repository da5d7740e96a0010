-- A sign of life. Who has been alive for a full lease without a gap hands back jobs of dead sessions.
--
-- KEYS 1  base
-- ARGV 1  session
-- ARGV 2  jobs to hand back, at most
-- ARGV 3  packed: ms that a job waits after its first crash, its second, and so on
-- REPLY   nil (the lease is lost) | { server time; live sessions; gone receipts }
--- include broker-when-full
--- include broker-time
--- include broker-chunks
--- include broker-header
--- include broker-wake
--- include broker-place
--- include broker-session
--- include broker-hand-back
local base, session, most, delays = KEYS[1] .. ':b:', ARGV[1], tonumber(ARGV[2]), cmsgpack.unpack(ARGV[3])
local about = redis.call('HMGET', base .. 'session:' .. session, 'lease', 'gone')
if not about[1] then return false end
local lease, touched = tonumber(about[1]), {}
extend(base, session, lease, now)

local function bury()
  for _, dead in ipairs(redis.call('ZRANGEBYSCORE', base .. 'live', '-inf', '(' .. now, 'LIMIT', 0, 100)) do
    redis.call('ZREM', base .. 'live', dead)
    redis.call('DEL', base .. 'session:' .. dead, base .. 'gone:' .. dead)
    redis.call('SADD', base .. 'dead', dead)
  end
end

-- What it had started may be what killed it.
local function crash(claim)
  local id = claim.id
  local value = redis.call('HGET', base .. 'messages', id)
  if not value then return end
  local message = read(value)
  message.queue = tonumber(claim.queue)
  message.past, message.crashes = GIVEN, message.crashes + 1
  local count = place(base, id, message, now + delays[math.min(message.crashes, #delays)], now)
  touched[message.queue] = (touched[message.queue] or 0) + count
end

-- Some claims of a dead session, oldest first.
local function some_claims(held)
  local claims, cursor, flat = {}, '0', nil
  for _ = 1, 10 do
    cursor, flat = unpack(redis.call('HSCAN', held, cursor, 'COUNT', most))
    for i = 1, #flat, 2 do
      local claim = read_claim(flat[i + 1])
      claim.id = flat[i]
      claims[#claims + 1] = claim
    end
    if cursor == '0' or #claims >= most then break end
  end
  table.sort(claims, function(a, b) return tonumber(a.order) < tonumber(b.order) end)
  return claims, cursor == '0'
end

local function hand_back_dead(dead)
  local claims, all = some_claims(base .. 'held:' .. dead)
  local ids = {}
  for i, claim in ipairs(claims) do
    ids[i] = claim.id
    if claim.started then crash(claim) else hand_back(base, claim.id, claim, touched) end
  end
  many('HDEL', base .. 'held:' .. dead, ids)
  if all then redis.call('SREM', base .. 'dead', dead) end
  return #claims
end

if now - redis.call('HGET', base .. 'session:' .. session, 'alive') >= lease then
  bury()
  for _, dead in ipairs(redis.call('SRANDMEMBER', base .. 'dead', 100)) do
    if most <= 0 then break end
    most = most - hand_back_dead(dead)
  end
  wake_touched(base, touched, now)
end
return { now, redis.call('ZCOUNT', base .. 'live', now, '+inf'), about[2] and take_gone(base, session) or {} }
