-- Compare and set, each write by itself. No id comes twice.
--
-- KEYS[1]  base
-- ARGV[1]  offset  ms that tests add to the server's time
-- ARGV[2]  packed  revision; ids, values, expected revisions ('': nothing, or a tombstone of a lower generation)
-- REPLY    of each refused write: its index (1 first), what is there (or nil), the state of that plan
local base, offset = KEYS[1], tonumber(ARGV[1])
--- include results-time
--- include results-lists
--- include results-counts
--- include results-records
--- include results-open-jobs
--- include results-tell
local revision, ids, values, expected = cmsgpack.unpack(ARGV[2])
local records = base .. ':r:j'
local counts, lists, told, refused = {}, {}, {}, {}

local function fits(old, value, revision)
  if not old then return revision == '' end
  local letter = letter_of(old)
  if letter == 'P' then return false end
  if letter ~= 'T' then return revision == revision_of(old) end
  return generation_of(old) < generation_of(value)
    and (revision == '' or revision == revision_of(old))
end

-- Finished jobs stand where they finished, also when more is noted of them.
local function stays(old, value)
  local letter = letter_of(value)
  return FINAL_LETTERS[letter] and letter == letter_of(old) and value:sub(8, 13) == old:sub(8, 13)
end

local function at_place(value, place)
  local flags = bit.bor(value:byte(14), FLAG_PLACE)
  return value:sub(1, 13) .. string.char(flags) .. value:sub(15) .. place
end

local function unlist(id, old, letter)
  local before = letter_of(old)
  if FINAL_LETTERS[before] then tally(counts, before, queue_of(old), -1) end
  if OPEN_LETTERS[before] and before ~= letter then unlist_open(before, id) end
end

local function list(id, value, letter)
  if OPEN_LETTERS[letter] then return list_open(letter, id) end
  local names = lists[letter]
  if not names then
    names = {}
    lists[letter] = names
  end
  names[#names + 1] = id
end

local known = redis.call('HMGET', records, unpack(ids))
for index, id in ipairs(ids) do
  local value, old = values[index], known[index]
  if fits(old, value, expected[index]) then
    local letter = letter_of(value)
    if old then unlist(id, old, letter) end
    if old and stays(old, value) then value = at_place(value, place_of(old))
    else list(id, value, letter) end
    if FINAL_LETTERS[letter] then tally(counts, letter, queue_of(value), 1) end
    redis.call('HSET', records, id, value)
    told[#told + 1] = id
  else
    local state = old and letter_of(old) == 'P' and redis.call('GET', base .. ':r:p:' .. id)
    refused[#refused + 1], refused[#refused + 2], refused[#refused + 3] = index, old, state or false
  end
end
for letter, ids_of in pairs(lists) do enlist(letter, revision, ids_of, 1, #ids_of) end
write_counts(counts)
tell(told)
return refused
