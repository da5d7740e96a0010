-- A sign of life. The lease that is written down is a little longer than the one promised, so that
-- not every call has to write. A session that was silent for a lease begins a new life (rule 14).
local function extend(base, session, lease, now)
  local key, deadline = base .. 'session:' .. session, now + lease + math.ceil(lease / 16)
  local beat = tonumber(redis.call('HGET', key, 'beat'))
  if not beat or now - beat > lease then redis.call('HSET', key, 'alive', now) end
  redis.call('HSET', key, 'beat', now, 'deadline', deadline)
  redis.call('ZADD', base .. 'live', deadline, session)
end

-- Receipts whose messages were taken away, told once.
local function take_gone(base, session)
  local key = base .. 'gone:' .. session
  local gone = redis.call('LRANGE', key, 0, -1)
  redis.call('DEL', key)
  redis.call('HDEL', base .. 'session:' .. session, 'gone')
  return gone
end

-- A claim as it is written down: '+' started, '-' not; '*' and '/' likewise for plans and schedules;
-- number of the claim, which all that were claimed at once share : number of the queue : place, by
-- which it comes back in its old order.
local function read_claim(text)
  local mark, number, queue, order = string.match(text, '^(.)(%d+):(%d+):(%d+)$')
  return { started = mark == '+' or mark == '*', job = mark == '+' or mark == '-', number = number, queue = queue, order = order }
end
