-- Counts the jobs of a queue.
--
-- KEYS 1  base
-- ARGV 1  name of the queue
-- REPLY   { waiting, delayed, retrying, claimed, started; oldest due at or -1; 1 when paused;
--         texts about the sessions that live }
--- include broker-time
--- include broker-chunks
--- include broker-header
--- include broker-place
--- include broker-holders
--- include broker-session
--- include broker-waiting
local base = KEYS[1] .. ':b:'
local queue = redis.call('HGET', base .. 'queues', ARGV[1])

local abouts = {}
for i, session in ipairs(redis.call('ZRANGEBYSCORE', base .. 'live', now, '+inf')) do
  abouts[i] = redis.call('HGET', base .. 'session:' .. session, 'about')
end
if not queue then return { 0, 0, 0, 0, 0, -1, 0, abouts } end

promote(base, queue, now, 1000)
local counts = redis.call('HMGET', base .. queue, 'others', 'delayed-others', 'retrying', 'paused')
local others, delayed_others, retrying = tonumber(counts[1] or 0), tonumber(counts[2] or 0), tonumber(counts[3] or 0)

local claimed, started = 0, 0
for _, session in ipairs(holders(base)) do
  for _, text in ipairs(redis.call('HVALS', base .. 'held:' .. session)) do
    local claim = read_claim(text)
    if claim.job and claim.queue == queue then
      if claim.started then started = started + 1 else claimed = claimed + 1 end
    end
  end
end

-- The oldest waits at the head of one of the priorities: behind a few ghosts and others, perhaps.
local LOOKED_AT = 100
local function oldest_job(ids)
  for i, value in ipairs(hmget(base .. 'messages', ids)) do
    if value and #value > 10 and kind_of(value) == JOB then return struct.unpack('>I6', value, 2) end
  end
end

local oldest = -1
for _, priority in ipairs(priorities_of(base, queue)) do
  local head = oldest_job(redis.call('ZRANGE', base .. queue .. ':front:' .. priority, 0, LOOKED_AT - 1))
    or oldest_job(redis.call('LRANGE', base .. queue .. ':list:' .. priority, 0, LOOKED_AT - 1))
  if head and (oldest < 0 or head < oldest) then oldest = head end
end

local delayed = redis.call('ZCARD', base .. queue .. ':delayed') - delayed_others - retrying
return { count_waiting(base, queue) - others, delayed, retrying, claimed, started, oldest, counts[4] and 1 or 0, abouts }
