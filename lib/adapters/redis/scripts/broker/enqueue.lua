-- Takes in jobs that are due at once, if none of their ids is known: else nothing is done.
--
-- KEYS 1  base
-- ARGV 1  packed: names of the queues, numbers they are believed to have, and lists of
--         { queue number, priority, { id, message, id, message ... } }
-- REPLY   server time, epoch ms | known (an id is) | renumbered (a queue has another number)
--- include broker-time
--- include broker-chunks
local base = KEYS[1] .. ':b:'
local names, numbers, groups = unpack(cmsgpack.unpack(ARGV[1]))

local function all_absent(items)
  local ids = {}
  for i = 1, #items, 2 do ids[#ids + 1] = items[i] end
  local found = hmget(base .. 'messages', ids)
  for i = 1, #ids do
    if found[i] then return false end
  end
  return ids
end

local believed = hmget(base .. 'queues', names)
for i = 1, #names do
  if believed[i] ~= numbers[i] then return 'renumbered' end
end
for _, group in ipairs(groups) do
  group.ids = all_absent(group[3])
  if not group.ids then return 'known' end
end

for _, group in ipairs(groups) do
  local queue, priority = group[1], group[2]
  local about = redis.call('HMGET', base .. queue, 'idle', 'next')
  if about[2] and tonumber(about[2]) <= now then
    --- include broker-header
    --- include broker-place
    promote(base, queue, now, 1000)
  end
  many('HSET', base .. 'messages', group[3])
  many('RPUSH', base .. queue .. ':list:' .. priority, group.ids)
  if priority ~= 0 then
    redis.call('HSET', base .. queue, 'odd', 1)
    redis.call('ZADD', base .. queue .. ':priorities', priority, priority, 0, 0)
  end
  if about[1] then
    --- include broker-wake
    wake(base, queue, #group.ids, now)
  end
end
return now
