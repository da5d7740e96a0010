-- What becomes of claims that are over. Each is checked against what the session holds.
-- The number ends with ':'.
local function holds(text, number)
  return text and string.find(text, number, 2, true) == 2
end

-- Gives the receipts that no longer held, as numbers of the list; `ids` keeps the others.
local function acknowledge(base, held, numbers, ids)
  local claims, count, kept, lost = hmget(held, ids), #ids, 0, {}
  for i = 1, count do
    if holds(claims[i], numbers[i]) then
      kept = kept + 1
      ids[kept] = ids[i]
    else
      lost[#lost + 1] = i
    end
  end
  for i = count, kept + 1, -1 do ids[i] = nil end
  many('HDEL', held, ids)
  many('HDEL', base .. 'messages', ids)
  return lost
end
