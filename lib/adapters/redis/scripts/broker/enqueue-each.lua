-- Takes in messages of any kind, one by one: ids may be known, repeated, or due later.
--
-- KEYS 1  base
-- ARGV 1  packed: names of the queues, numbers they are believed to have, and messages as
--         { id, message, 'in' | 'at', ms }
-- REPLY   server time, epoch ms, and a letter for each: s stored, k known, r replaced
--         | renumbered (a queue has another number)
--- include broker-time
--- include broker-chunks
--- include broker-header
--- include broker-wake
--- include broker-place
--- include broker-session
--- include broker-holders
--- include broker-take
local base = KEYS[1] .. ':b:'
local names, numbers, items = unpack(cmsgpack.unpack(ARGV[1]))

for i, name in ipairs(names) do
  if redis.call('HGET', base .. numbers[i], 'name') ~= name then return 'renumbered' end
end

local ids, known_ids = {}, {}
for i, item in ipairs(items) do ids[i] = item[1] end
local known = hmget(base .. 'messages', ids)
for i, id in ipairs(ids) do
  if known[i] then known_ids[#known_ids + 1] = id end
end
local held = #known_ids > 0 and find_holders(base, known_ids) or {}

local function replaces(message, old)
  return message.generation > old.generation or (message.kind == SCHEDULE and old.kind == SCHEDULE)
end

local touched, brought = {}, {}

local function store(id, message, when, ms)
  local due = when == 'in' and now + ms or ms
  if message.kind == SCHEDULE then redis.call('SADD', base .. 'schedules', id) end
  local woken = place(base, id, message, due, now)
  if woken > 0 then touched[message.queue] = (touched[message.queue] or 0) + woken end
  brought[id] = true
end

local function enqueue(i, id, value, when, ms)
  -- Known by the same call: what was read before is no longer true.
  local old = brought[id] and redis.call('HGET', base .. 'messages', id) or known[i]
  local message = read(value)
  if not old then
    store(id, message, when, ms)
    return 's'
  end
  local stored = read(old)
  if not replaces(message, stored) then return 'k' end
  take(base, id, stored, not brought[id] and held[id])
  store(id, message, when, ms)
  return 'r'
end

local replies = {}
for i, item in ipairs(items) do replies[i] = enqueue(i, unpack(item)) end
for queue, count in pairs(touched) do wake(base, queue, count, now) end
return { now, table.concat(replies) }
