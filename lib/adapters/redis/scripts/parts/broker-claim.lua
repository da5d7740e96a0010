-- Gives what is due of one queue to a session: { number of the claim, ids, messages }. What
-- fills the slots counts as started. Also tells when the next message comes due.
local function claim_ids(base, queue, odd, most)
  if not odd then
    local ids = redis.call('LPOP', base .. queue .. ':list:0', most) or {}
    if #ids > 0 then redis.call('HINCRBY', base .. queue, 'popped:0', #ids) end
    return ids, {}, {}
  end
  --- include broker-header
  --- include broker-claim-odd
  local ids, places = pop_odd(base, queue, most)
  local marks = #ids > 0 and tonumber(redis.call('HGET', base .. queue, 'others') or 0) > 0
  return ids, places, marks and marks_odd(base, queue, hmget(base .. 'messages', ids)) or {}
end

-- Places of ten neighbours have all but the last digit in common, so that little text is built for each.
local DIGITS = { '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' }

local function claim(base, session, queue, slots, ahead, odd)
  local ids, places, marks = claim_ids(base, queue, odd, slots + ahead)
  if #ids == 0 then return false end
  local tens = math.ceil(#ids / 10)
  local number = redis.call('INCRBY', base .. 'count', tens) - tens
  local values, held = hmget(base .. 'messages', ids), {}
  local about, size, there, started, waits = number .. ':' .. queue .. ':', 0, 0, nil, nil
  for i = 1, #ids do
    local digit = (i - 1) % 10
    if digit == 0 then
      local place = about .. number + (i - 1) / 10
      started, waits = '+' .. place, '-' .. place
    end
    -- A place without a message can only stem from a server that lost a part of its data.
    if values[i] then
      there = there + 1
      local text = (there <= slots and started or waits) .. DIGITS[digit + 1]
      if marks[i] then text = (there <= slots and '*' or '/') .. string.sub(text, 2) end
      if places[i] then text = string.sub(text, 1, 1) .. about .. places[i] end
      held[size + 1], held[size + 2] = ids[i], text
      size = size + 2
    end
  end
  many('HSET', base .. 'held:' .. session, held)
  return { number, ids, values }
end
