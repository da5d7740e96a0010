-- Where messages stand in their queue: in a list (or in front of it) of their priority, or delayed.

-- A queue where something else is than jobs of priority 0 in their list: it takes a closer look.
local function mark_odd(base, queue, priority)
  redis.call('HSET', base .. queue, 'odd', 1)
  redis.call('ZADD', base .. queue .. ':priorities', priority, priority, 0, 0)
end

local function push(base, id, message)
  local queue, priority = message.queue, message.priority
  redis.call('RPUSH', base .. queue .. ':list:' .. priority, id)
  if message.kind ~= JOB then redis.call('HINCRBY', base .. queue, 'others', 1) end
  if message.kind ~= JOB or priority ~= 0 then mark_odd(base, queue, priority) end
end

local function push_front(base, id, message, order)
  local queue, priority = message.queue, message.priority
  redis.call('ZADD', base .. queue .. ':front:' .. priority, order, id)
  if message.kind ~= JOB then redis.call('HINCRBY', base .. queue, 'others', 1) end
  mark_odd(base, queue, priority)
end

-- Members of the delayed set: place (6 bytes), 1 given before + 2 no job + 4 of a priority (1 byte), id.
local function delayed_member(id, message)
  local flags = 0
  if message.kind ~= JOB then flags = 2 elseif message.past == GIVEN then flags = 1 end
  if message.priority ~= 0 then flags = flags + 4 end
  return struct.pack('>I6B', message.order, flags) .. id, flags % 4
end

local DELAYED_COUNTS = { 'retrying', 'delayed-others' }

-- Lets what has come due wait in line, the oldest due first.
local function promote(base, queue, now, limit)
  local delayed = base .. queue .. ':delayed'
  local due = redis.call('ZRANGEBYSCORE', delayed, '-inf', now, 'LIMIT', 0, limit)
  local counts, ids = { 0, 0 }, {}
  for _, member in ipairs(due) do
    local flags, id = string.byte(member, 7), string.sub(member, 8)
    local kind = flags % 4
    if kind > 0 then counts[kind] = counts[kind] + 1 end
    if flags >= 4 then push(base, id, read(redis.call('HGET', base .. 'messages', id)))
    else
      ids[#ids + 1] = id
      if kind == 2 then
        redis.call('HINCRBY', base .. queue, 'others', 1)
        mark_odd(base, queue, 0)
      end
    end
  end
  many('RPUSH', base .. queue .. ':list:0', ids)
  if #due > 0 then redis.call('ZREMRANGEBYRANK', delayed, 0, #due - 1) end
  for kind, count in ipairs(counts) do
    if count > 0 then redis.call('HINCRBY', base .. queue, DELAYED_COUNTS[kind], -count) end
  end
  local first = redis.call('ZRANGE', delayed, 0, 0, 'WITHSCORES')
  if first[2] then redis.call('HSET', base .. queue, 'next', first[2])
  else redis.call('HDEL', base .. queue, 'next') end
  return first[2] and tonumber(first[2])
end

-- Puts a message where it belongs: behind what is due, or among what is not. Gives how many of
-- those who wait are to be woken.
local function place(base, id, message, due, now)
  local next_due = tonumber(redis.call('HGET', base .. message.queue, 'next'))
  if next_due and next_due <= now then next_due = promote(base, message.queue, now, 1000) end
  local later = due > now
  message.due = (later or message.kind == SCHEDULE) and due or now
  message.order = later and redis.call('INCR', base .. 'count') or nil
  redis.call('HSET', base .. 'messages', id, write(message))
  if not later then
    push(base, id, message)
    return 1
  end
  local member, kind = delayed_member(id, message)
  redis.call('ZADD', base .. message.queue .. ':delayed', due, member)
  if kind > 0 then redis.call('HINCRBY', base .. message.queue, DELAYED_COUNTS[kind], 1) end
  if next_due and next_due <= due then return 0 end
  redis.call('HSET', base .. message.queue, 'next', due)
  return 1
end
