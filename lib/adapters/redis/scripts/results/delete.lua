-- Puts tombstones where anything, or nothing, was.
--
-- KEYS[1]  base
-- ARGV[1]  offset  ms that tests add to the server's time
-- ARGV[2]  packed  revision; entries, flat: { id, generation, ... }
local base, offset = KEYS[1], tonumber(ARGV[1])
--- include results-time
--- include results-lists
--- include results-counts
--- include results-records
--- include results-open-jobs
--- include results-tell
local revision, entries = cmsgpack.unpack(ARGV[2])
--- include results-plans
--- include results-drop-plan
local records = base .. ':r:j'
local counts, ids, news = {}, {}, {}

local function unlist(id, value)
  local letter = letter_of(value)
  if letter == 'P' then
    turn(read_plan(id), news)
    drop_plan(id, value)
  elseif OPEN_LETTERS[letter] then
    unlist_open(letter, id)
  elseif FINAL_LETTERS[letter] then
    tally(counts, letter, queue_of(value), -1)
  end
end

for at = 1, #entries, 2 do
  local id, generation = entries[at], entries[at + 1]
  local value = redis.call('HGET', records, id)
  if value then
    generation = math.max(generation, generation_of(value))
    unlist(id, value)
  end
  redis.call('UNLINK', base .. ':r:a:' .. id)
  redis.call('ZREM', base .. ':r:a', id)
  -- Joined, not formatted: a format ends a text at its first zero byte.
  redis.call('HSET', records, id, '\1T' .. revision .. string.format('%d', generation))
  ids[#ids + 1] = id
end
list_released(news)
enlist('t', revision, ids, 1, #ids)
write_counts(counts)
tell(ids)
