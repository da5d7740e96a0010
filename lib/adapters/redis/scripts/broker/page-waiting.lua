-- A page of the jobs of a queue that wait, by priority and age: what stands in front of a list comes
-- before it. Absolute places, which count what was ever taken from a list, keep a cursor good.
--
-- KEYS 1  base
-- ARGV 1  name of the queue
-- ARGV 2  most to show
-- ARGV 3  priority at which it begins, or ''
-- ARGV 4  front | list
-- ARGV 5  place there behind which it begins
-- REPLY   { as in parts/broker-describe.lua; { priority, front | list, place } of the last one
--         looked at, or nil at the end }
--- include broker-time
--- include broker-chunks
--- include broker-header
--- include broker-place
--- include broker-holders
--- include broker-describe
--- include broker-waiting
local base, most, priority_from, part_from, place_from = KEYS[1] .. ':b:', tonumber(ARGV[2]), ARGV[3], ARGV[4], ARGV[5]
local queue = redis.call('HGET', base .. 'queues', ARGV[1])
if not queue then return { describe(base, {}, {}, now), false } end
local LOOKED_AT, AT_ONCE = 5000, 500
promote(base, queue, now, 1000)

-- Of an id that left a ghost behind, only the last place in the list can be a living one.
local function is_ghost(priority, index, id, value)
  if not redis.call('HGET', base .. queue .. ':ghosts:' .. priority, id) then return false end
  local message = read(value)
  if message.queue ~= tonumber(queue) or message.priority ~= tonumber(priority) then return true end
  if message.order and message.due > now or find_holders(base, { id })[id] then return true end
  if redis.call('ZSCORE', base .. queue .. ':front:' .. priority, id) then return true end
  return redis.call('LPOS', base .. queue .. ':list:' .. priority, id, 'RANK', -1) ~= index
end

local function of_front(priority, from)
  local found, items = redis.call('ZRANGEBYSCORE', base .. queue .. ':front:' .. priority, from and '(' .. from or '-inf', '+inf', 'WITHSCORES', 'LIMIT', 0, AT_ONCE), {}
  for i = 1, #found, 2 do items[#items + 1] = { found[i], found[i + 1] } end
  return items
end

local function of_list(priority, from)
  local popped = tonumber(redis.call('HGET', base .. queue, 'popped:' .. priority) or 0)
  local first = from and math.max(0, tonumber(from) + 1 - popped) or 0
  local items = redis.call('LRANGE', base .. queue .. ':list:' .. priority, first, first + AT_ONCE - 1)
  for i, id in ipairs(items) do items[i] = { id, string.format('%.0f', popped + first + i - 1), first + i - 1 } end
  return items
end

local ids, last, looked_at = {}, false, 0

-- Takes over what is to be shown; true when the page is full.
local function show(priority, part, items)
  local candidates = {}
  for i, item in ipairs(items) do candidates[i] = item[1] end
  local values = hmget(base .. 'messages', candidates)
  for i, item in ipairs(items) do
    local value = values[i]
    if value and string.byte(value) % 4 == JOB and not (item[3] and is_ghost(priority, item[3], item[1], value)) then
      if #ids == most then return true end
      ids[#ids + 1] = item[1]
    end
    last = { priority, part, item[2] }
  end
  looked_at = looked_at + #items
  return looked_at >= LOOKED_AT
end

local function walk(priority, part, from)
  while true do
    local items = (part == 'front' and of_front or of_list)(priority, from)
    if show(priority, part, items) then return true end
    if #items < AT_ONCE then return false end
    from = items[#items][2]
  end
end

for _, priority in ipairs(priorities_of(base, queue)) do
  local begins = priority == priority_from
  if priority_from == '' or tonumber(priority) <= tonumber(priority_from) then
    local full = not (begins and part_from == 'list') and walk(priority, 'front', begins and place_from)
    full = full or walk(priority, 'list', begins and part_from == 'list' and place_from)
    if full then return { describe(base, ids, {}, now), last } end
  end
end
return { describe(base, ids, {}, now), false }
