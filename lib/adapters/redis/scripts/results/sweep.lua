-- Forgets what has been kept long enough: oldest first, so much at most.
--
-- KEYS[1]  base
-- ARGV[1]  offset  ms that tests add to the server's time
-- ARGV[2]  packed  revision; names to look at (at most, and up to one entry of a list more);
--                  the redelivery horizon (ms)
-- REPLY    0: done, or not due yet. 1: more is due. 2: nobody has said how long anything is kept
local base, offset = KEYS[1], tonumber(ARGV[1])
--- include results-time
--- include results-lists
--- include results-entries
--- include results-counts
--- include results-records
--- include results-tell
local revision, budget, horizon = cmsgpack.unpack(ARGV[2])
--- include results-plans
--- include results-drop-plan
--- include results-forget
local LOOK_AGAIN_MS = 1000
local state = base .. ':r:s'
local clock = now()
local policy, due = unpack(redis.call('HMGET', state, 'policy', 'due'))
if not policy then return 2 end
if due and clock < tonumber(due) then return 0 end
-- First a write that takes no memory: a server that is full then lets the others be, which make room.
redis.call('HDEL', state, 'due')

local limits = {}
for age, count in policy:gmatch('([^,]+),([^,]+)') do
  limits[#limits + 1] = { age = tonumber(age) or math.huge, count = tonumber(count) or math.huge }
end
local next_look = clock + horizon

local function look_at(instant)
  next_look = math.min(next_look, math.max(instant, clock + LOOK_AGAIN_MS))
end

local function count_of(field)
  return tonumber(redis.call('HGET', base .. ':r:c', field) or 0)
end

-- Puts a name aside that has to stay: one entry each, in the order and with the position it had.
local function hold(letter, entry_revision, at, order, id)
  redis.call('XADD', base .. ':r:h:' .. letter, string.format('%d-%d', at, order), '0' .. entry_revision, id)
end

local function is_held(letter, at, order)
  local place = string.format('%d-%d', at, order)
  return #redis.call('XRANGE', base .. ':r:h:' .. letter, place, place) > 0
end

-- How many names may go of an entry that is beyond the horizon.
local function allowance(at, limit, size)
  if at + math.max(horizon, limit.age) <= clock then return math.huge end
  return math.max(0, size() - limit.count)
end

-- Whether to go on with the next entry.
local function sweep_entry(key, letter, limit, size, entry, alive)
  local at, sequence, entry_revision, ids = read_entry(entry)
  if at + horizon > clock then
    look_at(at + (limit.count == math.huge and math.max(horizon, limit.age) or horizon))
    return false
  end
  budget = budget - #ids
  local names = alive(letter == 't' and 'T' or letter, entry_revision, ids)
  local allowed, left = allowance(at, limit, size), #names
  for _, name in ipairs(names) do
    local order = sequence * LIST_ROOM + name.index - 1
    local stays = FINAL_LETTERS[letter] and must_stay(name)
    -- Those that an earlier look at this entry has put aside count no more.
    if not (stays and is_held(letter, at, order)) then
      if allowed == 0 then break end
      allowed = allowed - 1
      if stays then hold(letter, entry_revision, at, order, name.id) else forget(name) end
    end
    left = left - 1
  end
  if left == 0 then
    redis.call('XDEL', key, entry[1])
    return true
  end
  look_at(limit.count == math.huge and at + math.max(horizon, limit.age) or clock)
  return false
end

local function sweep_list(letter, limit, size, alive)
  local key = base .. ':r:l:' .. letter
  local going = true
  while going and budget > 0 do
    local entry = redis.call('XRANGE', key, '-', '+', 'COUNT', 1)[1]
    going = entry and sweep_entry(key, letter, limit, size, entry, alive)
  end
end

-- Looks once around at what is held, from where it stopped the last time. One that need not stay any
-- more counts again.
local function sweep_held(letter, limit, size)
  local function with_it() return size() + 1 end
  local key, cursor = base .. ':r:h:' .. letter, redis.call('HGET', state, 'cursor:' .. letter)
  local left = redis.call('XLEN', key)
  while left > 0 and budget > 0 do
    local entry = redis.call('XRANGE', key, cursor and '(' .. cursor or '-', '+', 'COUNT', 1)[1]
    cursor = entry and entry[1]
    if entry then
      local at, _, entry_revision, ids = read_entry(entry)
      left, budget = left - 1, budget - #ids
      local name = living(letter, entry_revision, ids)[1]
      local stays = name and (must_stay(name) or allowance(at, limit, with_it) == 0)
      if not stays then redis.call('XDEL', key, entry[1]) end
      if name and not stays then forget(name) end
    end
  end
  if cursor then redis.call('HSET', state, 'cursor:' .. letter, cursor)
  else redis.call('HDEL', state, 'cursor:' .. letter) end
  if redis.call('XLEN', key) > 0 then look_at(clock) end
end

--- include results-behind

-- Marks of plans that never came.
local function sweep_absent()
  while budget > 0 do
    local id, at = unpack(redis.call('ZRANGE', base .. ':r:a', 0, 0, 'WITHSCORES'))
    if not id then return end
    if at + horizon > clock then return look_at(at + horizon) end
    budget = budget - 1
    redis.call('UNLINK', base .. ':r:a:' .. id)
    redis.call('ZREM', base .. ':r:a', id)
  end
end

for index, letter in ipairs({ 's', 'f', 'c' }) do
  local limit, released = limits[index], letter:upper()
  local function size()
    return count_of(released) + (counts[released] or 0)
      - redis.call('XLEN', base .. ':r:h:' .. letter)
  end
  local function plans() return count_of('R' .. released) end
  sweep_list(letter, limit, size, living)
  sweep_list(released, limit, plans, living_plans)
  sweep_held(letter, limit, size)
  sweep_behind(letter, count_of(released), living)
  sweep_behind(released, plans(), living_plans)
end
sweep_list('t', { age = 0, count = math.huge }, nil, living)
sweep_absent()
write_counts(counts)
tell(forgotten)
if budget > 0 then redis.call('HSET', state, 'due', string.format('%d', next_look)) end
return budget > 0 and 0 or 1
