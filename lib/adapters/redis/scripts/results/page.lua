-- Recorded jobs of one status, latest first: a page, or what of it is found among so many.
--
-- KEYS[1]  base
-- ARGV[1]  offset  unused
-- ARGV[2]  packed  letter of the status; limit; how many to look at; cursor: at, order (or false);
--                  queue, task (false: any); finished before (ms, or false)
-- REPLY    at and order of the last that was looked at (nil, nil: there are no more); id, record, ...
local base = KEYS[1]
--- include results-entries
--- include results-records
--- include results-open-jobs
local letter, limit, left, last_at, last_order, queue, task, before = cmsgpack.unpack(ARGV[2])
local reply = { false, false }
local found = 0

local function passes(value)
  if not value then return false end
  if before and struct.unpack('>I6', value, 8) >= before then return false end
  if not queue and not task then return true end
  local its_queue, its_task = head_of(value)
  return (not queue or queue == its_queue) and (not task or task == its_task)
end

-- Whether to go on.
local function look(id, value, at, order)
  local wanted = passes(value)
  if left == 0 or (wanted and found == limit) then
    reply[1], reply[2] = string.format('%d', last_at), string.format('%d', last_order)
    return false
  end
  if wanted then
    found = found + 1
    reply[#reply + 1], reply[#reply + 2] = id, value
  end
  left, last_at, last_order = left - 1, at, order
  return true
end

-- What has been put aside is older than all that is in the list, and keeps its position.
local function walk_entry(entry, room)
  local at, sequence, revision, ids = read_entry(entry)
  for index = #ids, 1, -1 do
    local order = sequence * room + index - 1
    if not last_at or at < last_at or (at == last_at and order < last_order) then
      local value = redis.call('HGET', base .. ':r:j', ids[index])
      local counts = value and letter_of(value) == letter and place_of(value) == revision
      if not look(ids[index], counts and value, at, order) then return false end
    end
  end
  return true
end

local function walk(key, room)
  local top = '+'
  if last_at then
    top = string.format('%d-%d', last_at, math.floor(last_order / room))
  end
  while true do
    local entries = redis.call('XREVRANGE', key, top, '-', 'COUNT', 4)
    for _, entry in ipairs(entries) do
      if not walk_entry(entry, room) then return false end
      top = '(' .. entry[1]
    end
    if #entries == 0 then return true end
  end
end

local function walk_open()
  local top = last_at and '(' .. string.format('%d', last_order) or '+inf'
  local ids = redis.call('ZREVRANGEBYSCORE', base .. ':r:o:' .. letter, top, '-inf', 'WITHSCORES',
    'LIMIT', 0, left + 1)
  for index = 1, #ids, 2 do
    local value = redis.call('HGET', base .. ':r:j', ids[index])
    if not look(ids[index], value, 0, tonumber(ids[index + 1])) then return end
  end
end

if OPEN_LETTERS[letter] then walk_open()
elseif walk(base .. ':r:l:' .. letter, LIST_ROOM) then walk(base .. ':r:h:' .. letter, 1) end
return reply
