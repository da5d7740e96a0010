-- Claims from a queue where more is than jobs of priority 0 in their list. Gives ids, and the old
-- places of those that were handed back.
local MOST_GHOSTS, LARGEST_STEP = 10000, 1000

-- Takes what lives of the first ones of a list, until there are enough. Gives how many it went by, and
-- how many of those were ghosts: these are gone then.
local function without_ghosts(base, queue, priority, first, most, ids)
  local key, left, went_by, ghosts = base .. queue .. ':ghosts:' .. priority, {}, 0, 0
  local counts = hmget(key, first)
  for i, id in ipairs(first) do
    if #ids == most then break end
    local count = left[id] or tonumber(counts[i] or 0)
    if count == 0 then ids[#ids + 1] = id
    else left[id], ghosts = count - 1, ghosts + 1 end
    went_by = i
  end
  local laid = {}
  for id, count in pairs(left) do
    if count == 0 then laid[#laid + 1] = id else redis.call('HSET', key, id, count) end
  end
  many('HDEL', key, laid)
  if ghosts > 0 then redis.call('HINCRBY', base .. queue, 'ghosts', -ghosts) end
  return went_by, ghosts
end

-- From a list with ghosts: `patience` tells how many of them may still be met.
local function pop_haunted(base, queue, priority, most, ids, patience)
  local list, step = base .. queue .. ':list:' .. priority, most - #ids
  while #ids < most and patience.left > 0 do
    local first = redis.call('LRANGE', list, 0, step - 1)
    if #first == 0 then return false end
    local went_by, ghosts = without_ghosts(base, queue, priority, first, most, ids)
    redis.call('LPOP', list, went_by)
    redis.call('HINCRBY', base .. queue, 'popped:' .. priority, went_by)
    patience.left = patience.left - ghosts
    -- Where there are some, there are often many.
    step = math.max(most - #ids, math.min(2 * step, LARGEST_STEP))
  end
  return true
end

-- True where there is no more to be done: there are enough ids, or too many ghosts.
local function pop_priority(base, queue, priority, most, ids, places, patience)
  local front = redis.call('ZPOPMIN', base .. queue .. ':front:' .. priority, most - #ids)
  for i = 1, #front, 2 do
    ids[#ids + 1] = front[i]
    places[#ids] = front[i + 1]
  end
  if tonumber(redis.call('HGET', base .. queue, 'ghosts') or 0) > 0 then
    return pop_haunted(base, queue, priority, most, ids, patience)
  end
  while #ids < most do
    local popped = redis.call('LPOP', base .. queue .. ':list:' .. priority, most - #ids)
    if not popped then return false end
    redis.call('HINCRBY', base .. queue, 'popped:' .. priority, #popped)
    for _, id in ipairs(popped) do ids[#ids + 1] = id end
  end
  return true
end

-- Who then waits for something comes again at once: there may be more behind the ghosts.
local function come_again(base, queue)
  local key = base .. queue .. ':wake'
  if redis.call('EXISTS', key) == 1 then return end
  redis.call('RPUSH', key, '')
  redis.call('PEXPIRE', key, 10000)
end

-- Ordinary jobs come in without a word to the list of priorities: theirs stays in it.
local function pop_odd(base, queue, most)
  local ids, places, key, kept = {}, {}, base .. queue .. ':priorities', 0
  local patience = { left = MOST_GHOSTS }
  while #ids < most and patience.left > 0 do
    local priorities = redis.call('ZREVRANGE', key, kept, kept + 15)
    if #priorities == 0 then
      redis.call('DEL', key)
      redis.call('HDEL', base .. queue, 'odd', 'others', 'ghosts')
      break
    end
    for _, priority in ipairs(priorities) do
      if pop_priority(base, queue, priority, most, ids, places, patience) then break end
      if priority == '0' then kept = 1 else redis.call('ZREM', key, priority) end
    end
  end
  if #ids == 0 and patience.left <= 0 then come_again(base, queue) end
  return ids, places
end

-- '*' and '/' stand for plans and schedules, which are not counted.
local function marks_odd(base, queue, values)
  local marks, others = {}, 0
  for i, value in ipairs(values) do
    if value and kind_of(value) ~= JOB then
      marks[i], others = true, others + 1
    end
  end
  if others > 0 then redis.call('HINCRBY', base .. queue, 'others', -others) end
  return marks
end
