-- Takes messages away from wherever they stand.

-- Ends a claim, and has its session told.
local function end_claim(base, id, session, text)
  redis.call('HDEL', base .. 'held:' .. session, id)
  local key = base .. 'session:' .. session
  if redis.call('EXISTS', key) == 0 then return end
  redis.call('RPUSH', base .. 'gone:' .. session, read_claim(text).number .. ':' .. id)
  redis.call('HSET', key, 'gone', 1)
end

local function take_delayed(base, id, message)
  if not message.order then return false end
  local member, kind = delayed_member(id, message)
  if redis.call('ZREM', base .. message.queue .. ':delayed', member) == 0 then return false end
  if kind > 0 then redis.call('HINCRBY', base .. message.queue, DELAYED_COUNTS[kind], -1) end
  return true
end

-- From the middle of a list nothing is removed: a ghost stays behind, which claims skip.
local function take_waiting(base, id, message)
  local queue, priority = message.queue, message.priority
  -- One that others have written may name any queue; its place without a message is skipped by claims.
  if redis.call('EXISTS', base .. queue) == 0 then return end
  if message.kind ~= JOB then redis.call('HINCRBY', base .. queue, 'others', -1) end
  if redis.call('ZREM', base .. queue .. ':front:' .. priority, id) == 1 then return end
  redis.call('HINCRBY', base .. queue .. ':ghosts:' .. priority, id, 1)
  redis.call('HINCRBY', base .. queue, 'ghosts', 1)
  mark_odd(base, queue, priority)
end

local function take(base, id, message, holder)
  if holder then end_claim(base, id, holder[1], holder[2])
  elseif not take_delayed(base, id, message) then take_waiting(base, id, message) end
  redis.call('HDEL', base .. 'messages', id)
  if message.kind == SCHEDULE then redis.call('SREM', base .. 'schedules', id) end
end
