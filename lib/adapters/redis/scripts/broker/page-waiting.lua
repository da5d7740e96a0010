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
--- include broker-describe
--- include broker-waiting
local base, most, priority_from, part_from, place_from = KEYS[1] .. ':b:', tonumber(ARGV[2]), ARGV[3], ARGV[4], ARGV[5]
local queue = redis.call('HGET', base .. 'queues', ARGV[1])
if not queue then return { describe(base, {}, {}, now), false } end
local LOOKED_AT, AT_ONCE = 5000, 500
promote(base, queue, now, 1000)

local function of_front(priority, from)
  local found, items = redis.call('ZRANGEBYSCORE', base .. queue .. ':front:' .. priority, from and '(' .. from or '-inf', '+inf', 'WITHSCORES', 'LIMIT', 0, AT_ONCE), {}
  for i = 1, #found, 2 do items[#items + 1] = { found[i], found[i + 1] } end
  return items
end

local function of_list(priority, from)
  local popped = tonumber(redis.call('HGET', base .. queue, 'popped:' .. priority) or 0)
  local first = from and math.max(0, tonumber(from) + 1 - popped) or 0
  local items = redis.call('LRANGE', base .. queue .. ':list:' .. priority, first, first + AT_ONCE - 1)
  for i, id in ipairs(items) do items[i] = { id, string.format('%.0f', popped + first + i - 1) } end
  return items, first
end

local ids, last, looked_at = {}, false, 0

-- Of an id that has left ghosts behind, the first places in the list are theirs. Those before the page
-- begins are counted once; what that costs is taken from what may be looked at.
local function is_ghost(priority, id, ghosts, met)
  local places = met.places[id]
  if not places then
    places = 0
    if met.from > 0 then
      places = #redis.call('LPOS', base .. queue .. ':list:' .. priority, id, 'COUNT', 0, 'MAXLEN', met.from)
      looked_at = looked_at + met.from / 50
    end
  end
  met.places[id] = places + 1
  return places < ghosts
end

-- Takes over what is to be shown; true when the page is full, or enough was looked at.
local function show(priority, part, items, met)
  local candidates = {}
  for i, item in ipairs(items) do candidates[i] = item[1] end
  local values = hmget(base .. 'messages', candidates)
  local ghosts = part == 'list' and hmget(base .. queue .. ':ghosts:' .. priority, candidates) or {}
  for i, item in ipairs(items) do
    local value = values[i]
    if value and kind_of(value) == JOB and not (ghosts[i] and is_ghost(priority, item[1], tonumber(ghosts[i]), met)) then
      if #ids == most then return true end
      ids[#ids + 1] = item[1]
    end
    last, looked_at = { priority, part, item[2] }, looked_at + 1
    if looked_at >= LOOKED_AT then return true end
  end
  return false
end

local function walk(priority, part, from)
  local met
  while true do
    local items, first = (part == 'front' and of_front or of_list)(priority, from)
    met = met or { from = first, places = {} }
    if show(priority, part, items, met) then return true end
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
