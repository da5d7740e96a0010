-- Takes in jobs that are due at once, if none of their ids is known: else nothing is done.
--
-- KEYS 1  base
-- ARGV 1  packed: { name of a queue, number it is believed to have, priority, { id, message, id,
--         message ... } } for each queue and priority
-- REPLY   server time, epoch ms | known (an id is) | renumbered (a queue has another number)
--- include broker-time
--- include broker-chunks
local base, groups = KEYS[1] .. ':b:', cmsgpack.unpack(ARGV[1])

for _, group in ipairs(groups) do
  local name, queue, _, items = unpack(group)
  local about = redis.call('HMGET', base .. queue, 'name', 'idle', 'next')
  if about[1] ~= name then return 'renumbered' end
  local ids = {}
  for i = 1, #items, 2 do ids[#ids + 1] = items[i] end
  local found = hmget(base .. 'messages', ids)
  for i = 1, #ids do
    if found[i] then return 'known' end
  end
  group.ids, group.idle, group.next_due = ids, about[2], tonumber(about[3] or nil)
end

for _, group in ipairs(groups) do
  local _, queue, priority, items = unpack(group)
  if group.next_due and group.next_due <= now then
    --- include broker-header
    --- include broker-place
    promote(base, queue, now, 1000)
  end
  many('HSET', base .. 'messages', items)
  many('RPUSH', base .. queue .. ':list:' .. priority, group.ids)
  if priority ~= 0 then
    redis.call('HSET', base .. queue, 'odd', 1)
    redis.call('ZADD', base .. queue .. ':priorities', priority, priority, 0, 0)
  end
  if group.idle then
    --- include broker-wake
    wake(base, queue, #group.ids, now)
  end
end
return now
