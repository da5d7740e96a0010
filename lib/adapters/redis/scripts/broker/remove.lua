-- Takes messages away, claimed or not, unless a higher generation has taken their place.
--
-- KEYS 1  base
-- ARGV 1  packed: ids, generations
-- REPLY   a digit for each: 1 it was there, 0 it was not
--- include broker-when-full
--- include broker-chunks
--- include broker-header
--- include broker-place
--- include broker-session
--- include broker-holders
--- include broker-take
local base = KEYS[1] .. ':b:'
local ids, generations = unpack(cmsgpack.unpack(ARGV[1]))

local values, held = hmget(base .. 'messages', ids), find_holders(base, ids)
local removed, replies = {}, {}
for i, id in ipairs(ids) do
  local message = values[i] and not removed[id] and read(values[i])
  if message and message.generation <= generations[i] then
    take(base, id, message, held[id])
    removed[id], replies[i] = true, '1'
  else
    replies[i] = '0'
  end
end
return table.concat(replies)
