-- Claims from a queue where more is than jobs of priority 0 in their list. Gives ids, and the old
-- places of those that were handed back.
local function without_ghosts(base, queue, priority, popped, ids)
  for _, id in ipairs(popped) do
    local key = base .. queue .. ':ghosts:' .. priority
    local count = tonumber(redis.call('HGET', key, id))
    if not count then ids[#ids + 1] = id
    else
      if count == 1 then redis.call('HDEL', key, id) else redis.call('HINCRBY', key, id, -1) end
      redis.call('HINCRBY', base .. queue, 'ghosts', -1)
    end
  end
end

local function pop_priority(base, queue, priority, most, ids, places)
  local front = redis.call('ZPOPMIN', base .. queue .. ':front:' .. priority, most - #ids)
  for i = 1, #front, 2 do
    ids[#ids + 1] = front[i]
    places[#ids] = front[i + 1]
  end
  local haunted = tonumber(redis.call('HGET', base .. queue, 'ghosts') or 0) > 0
  while #ids < most do
    local popped = redis.call('LPOP', base .. queue .. ':list:' .. priority, most - #ids)
    if not popped then return false end
    redis.call('HINCRBY', base .. queue, 'popped:' .. priority, #popped)
    if haunted then without_ghosts(base, queue, priority, popped, ids)
    else
      for _, id in ipairs(popped) do ids[#ids + 1] = id end
    end
  end
  return true
end

-- Ordinary jobs come in without a word to the list of priorities: theirs stays in it.
local function pop_odd(base, queue, most)
  local ids, places, key, kept = {}, {}, base .. queue .. ':priorities', 0
  while #ids < most do
    local priorities = redis.call('ZREVRANGE', key, kept, kept + 15)
    if #priorities == 0 then
      redis.call('DEL', key)
      redis.call('HDEL', base .. queue, 'odd', 'others', 'ghosts')
      break
    end
    for _, priority in ipairs(priorities) do
      if pop_priority(base, queue, priority, most, ids, places) then break end
      if priority == '0' then kept = 1 else redis.call('ZREM', key, priority) end
    end
  end
  return ids, places
end

-- '*' and '/' stand for plans and schedules, which are not counted.
local function marks_odd(base, queue, values)
  local marks, others = {}, 0
  for i, value in ipairs(values) do
    if value and string.byte(value) % 4 ~= JOB then
      marks[i], others = true, others + 1
    end
  end
  if others > 0 then redis.call('HINCRBY', base .. queue, 'others', -others) end
  return marks
end
