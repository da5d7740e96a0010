-- Finished jobs by status: base:r:c has a field '<letter><queue>' for each queue, and '<LETTER>' for
-- all. Fields at 0 go. Expects `base`.
local function add_count(field, by)
  if by ~= 0 and redis.call('HINCRBY', base .. ':r:c', field, by) == 0 then
    redis.call('HDEL', base .. ':r:c', field)
  end
end

-- Gathers changes, so that many jobs cost a few calls.
local function tally(counts, letter, queue, by)
  local total, field = letter:upper(), letter .. queue
  counts[total] = (counts[total] or 0) + by
  counts[field] = (counts[field] or 0) + by
end

local function write_counts(counts)
  for field, by in pairs(counts) do add_count(field, by) end
end
