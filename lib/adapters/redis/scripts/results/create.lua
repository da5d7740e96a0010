-- Stores new records, all or none: the usual outcome of jobs that ran once, at the least cost.
--
-- KEYS[1]  base
-- ARGV[1]  offset  ms that tests add to the server's time
-- ARGV[2]  packed  revision; ids, values; lists, flat: { letter, from, to, ... };
--                  how many finish, flat: { letter and queue, count, ... }
-- REPLY    1: stored. 0: something is there under one of the ids, and nothing was stored
local base, offset = KEYS[1], tonumber(ARGV[1])
--- include results-time
--- include results-lists
--- include results-counts
--- include results-open-jobs
--- include results-tell
local revision, ids, values, lists, counts = cmsgpack.unpack(ARGV[2])
local records = base .. ':r:j'

for _, found in ipairs(redis.call('HMGET', records, unpack(ids))) do
  if found then return 0 end
end
local fields = {}
for index = 1, #ids do
  fields[2 * index - 1], fields[2 * index] = ids[index], values[index]
end
redis.call('HSET', records, unpack(fields))
for at = 1, #lists, 3 do
  local letter, from, to = unpack(lists, at, at + 2)
  if OPEN_LETTERS[letter] then
    for index = from, to do list_open(letter, ids[index]) end
  else
    enlist(letter, revision, ids, from, to)
    add_count(letter:upper(), to - from + 1)
  end
end
for at = 1, #counts, 2 do add_count(counts[at], counts[at + 1]) end
tell(ids)
return 1
