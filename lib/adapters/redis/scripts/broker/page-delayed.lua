-- A page of the jobs of a queue that are not due yet, by due time.
--
-- KEYS 1  base
-- ARGV 1  name of the queue
-- ARGV 2  most to show
-- ARGV 3  due time behind which it begins, or ''
-- ARGV 4  place at that due time behind which it begins
-- REPLY   { as in parts/broker-describe.lua; due time and place of the last one looked at, or nil at the end }
--- include broker-time
--- include broker-chunks
--- include broker-header
--- include broker-place
--- include broker-describe
local base, most, due, order = KEYS[1] .. ':b:', tonumber(ARGV[2]), ARGV[3], tonumber(ARGV[4])
local queue = redis.call('HGET', base .. 'queues', ARGV[1])
if not queue then return { describe(base, {}, {}, now), false } end
local key = base .. queue .. ':delayed'
local LOOKED_AT, AT_ONCE = 5000, 500
promote(base, queue, now, 1000)

-- A member is put where the page begins, for as long as its rank is asked.
local rank = 0
if due ~= '' then
  local mark = struct.pack('>I6', order + 1)
  redis.call('ZADD', key, due, mark)
  rank = redis.call('ZRANK', key, mark)
  redis.call('ZREM', key, mark)
end

local ids, last = {}, false
for _ = 1, LOOKED_AT / AT_ONCE do
  local found = redis.call('ZRANGE', key, rank, rank + AT_ONCE - 1, 'WITHSCORES')
  for i = 1, #found, 2 do
    if string.byte(found[i], 7) % 4 < 2 then
      if #ids == most then return { describe(base, ids, {}, now), last } end
      ids[#ids + 1] = string.sub(found[i], 8)
    end
    last = { found[i + 1], string.format('%.0f', (struct.unpack('>I6', found[i]))) }
  end
  if #found < 2 * AT_ONCE then return { describe(base, ids, {}, now), false } end
  rank = rank + AT_ONCE
end
return { describe(base, ids, {}, now), last }
