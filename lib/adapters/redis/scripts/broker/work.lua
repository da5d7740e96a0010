-- Settles, then claims; extends the session's lease. Where nothing is to be had and the call may
-- wait, the session is noted as idle: wake-ups are sent for it until the call comes again.
--
-- KEYS 1  base
-- ARGV 1  session
-- ARGV 2  packed: numbers (with a ':' behind) and ids of claims to acknowledge; other settlements as { number, id,
--         'in' | 'at' | 'begun' | 'untouched', ms }; numbers and ids of claims that have started;
--         claims as { queue, number it is believed to have or '', slots, ahead }; { name of the waiting call or '', ms it may wait, 0 },
--         or { name, server time until which it may wait, 1 } once it has begun
-- REPLY   nil (the lease is lost) | { server time; lost acknowledgements; other lost settlements;
--         gone receipts; indexes of claims that others wait for; what was claimed, as { index of
--         the claim, its number, ids, messages }; { until, next due or -1, numbers of the
--         queues } to go on waiting, or nil }
--- include broker-when-full
--- include broker-time
--- include broker-chunks
--- include broker-wake
--- include broker-settle
--- include broker-claim
local base, session = KEYS[1] .. ':b:', ARGV[1]
local ack_numbers, ack_ids, settlements, start_numbers, start_ids, claims, waiting = unpack(cmsgpack.unpack(ARGV[2]))
local LONGEST_SLEEP = 10000
local held, caller = base .. 'held:' .. session, waiting[1]

local about = redis.call('HMGET', base .. 'session:' .. session, 'deadline', 'lease', 'gone')
if not about[1] then
  -- The wake-up that it has taken was for somebody who lives.
  if waiting[3] == 1 then
    for _, wanted in ipairs(claims) do wake(base, wanted[2], 1, now) end
  end
  return false
end
local reply = { now, {}, {}, {}, {}, {}, false }
if about[1] - now < tonumber(about[2]) then
  --- include broker-session
  extend(base, session, tonumber(about[2]), now)
end

local touched = {}
if #ack_ids > 0 then reply[2] = acknowledge(base, held, ack_numbers, ack_ids) end
if #settlements > 0 then
  --- include broker-header
  --- include broker-place
  --- include broker-session
  --- include broker-settle-others
  reply[3] = settle_others(base, held, settlements, touched, now)
end

if #start_ids > 0 then
  local marked, started = hmget(held, start_ids), {}
  for i, id in ipairs(start_ids) do
    if holds(marked[i], start_numbers[i]) then
      local mark = string.sub(marked[i], 1, 1)
      started[#started + 1] = id
      started[#started + 1] = ((mark == '+' or mark == '-') and '+' or '*') .. string.sub(marked[i], 2)
    end
  end
  many('HSET', held, started)
end

local queues, states = {}, {}

-- Whether another session waits on a queue: a waiting call is named by its number and its session.
local function others_wait(queue)
  for _, idle in ipairs(redis.call('ZRANGEBYSCORE', base .. queue .. ':idle', now, '+inf', 'LIMIT', 0, 8)) do
    if string.sub(idle, string.find(idle, ':', 1, true) + 1) ~= session then return true end
  end
  return false
end

-- Whether another one has to look at a queue now: for what is left, or for how long it may sleep.
local function leaves_work(queue, odd, next_due)
  if odd or redis.call('EXISTS', base .. queue .. ':list:0') == 1 then return true end
  return waiting[3] == 1 and next_due and next_due < now + LONGEST_SLEEP
end

-- What is said of a queue whose number may have to be looked up; nil for one that has none.
local function look_at(name, number)
  local state = redis.call('HMGET', base .. number, 'name', 'paused', 'odd', 'idle', 'next')
  if state[1] == name then return number, state end
  number = redis.call('HGET', base .. 'queues', name)
  if number then return number, redis.call('HMGET', base .. number, 'name', 'paused', 'odd', 'idle', 'next') end
end

for i, wanted in ipairs(claims) do
  local name, number, slots, ahead = unpack(wanted)
  local queue, state = look_at(name, number)
  if queue then
    local _, paused, odd, idle, next_due = unpack(state)
    if next_due and tonumber(next_due) <= now then
      --- include broker-header
      --- include broker-place
      next_due = promote(base, queue, now, math.max(200, slots + ahead))
      odd = redis.call('HGET', base .. queue, 'odd')
    end
    next_due = tonumber(next_due or nil)
    queues[i], states[i] = queue, { paused = paused, next_due = next_due }
    idle = idle and others_wait(queue)
    local given_back = touched[tonumber(queue)]
    touched[tonumber(queue)] = nil
    -- What was given back belongs to those who have waited for it.
    if given_back and idle then wake(base, queue, given_back, now)
    elseif slots + ahead > 0 and not paused then
      local given = claim(base, session, queue, slots, ahead, odd)
      if given then
        reply[6][#reply[6] + 1] = { i, unpack(given) }
        if idle and leaves_work(queue, odd, next_due) then wake(base, queue, 1, now) end
      end
    end
    if idle then reply[5][#reply[5] + 1] = i end
  end
end
for queue, count in pairs(touched) do wake(base, queue, count, now) end

if caller ~= '' then
  --- include broker-wait
  reply[7] = wait_on(base, session, waiting, claims, queues, states, #reply[6] > 0, now)
end
if about[3] then
  --- include broker-session
  reply[4] = take_gone(base, session)
end
return reply
