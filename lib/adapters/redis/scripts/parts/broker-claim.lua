-- Gives what is due of one queue to a session: { number of the first claim, ids, messages }. What
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

local function claim(base, session, queue, slots, ahead, odd)
  local ids, places, marks = claim_ids(base, queue, odd, slots + ahead)
  if #ids == 0 then return false end
  local first = redis.call('INCRBY', base .. 'count', #ids) - #ids
  local values, held = hmget(base .. 'messages', ids), {}
  local there = 0
  for i, id in ipairs(ids) do
    -- A place without a message can only stem from a server that lost a part of its data.
    if values[i] then
      there = there + 1
      local mark
      if there <= slots then mark = marks[i] and '*' or '+' else mark = marks[i] and '/' or '-' end
      held[#held + 1] = id
      held[#held + 1] = mark .. (first + i) .. ':' .. queue .. (places[i] and ':' .. places[i] or '')
    end
  end
  many('HSET', base .. 'held:' .. session, held)
  return { first, ids, values }
end
