-- What becomes of claims that are over. Each is checked against what the session holds.
-- The number ends with ':'.
local function holds(text, number)
  return text and string.find(text, number, 2, true) == 2
end

-- Gives the receipts that no longer held, as numbers of the list.
local function acknowledge(base, held, numbers, ids)
  local claims, ended, lost = hmget(held, ids), {}, {}
  for i, id in ipairs(ids) do
    if holds(claims[i], numbers[i]) then ended[#ended + 1] = id else lost[#lost + 1] = i end
  end
  many('HDEL', held, ended)
  many('HDEL', base .. 'messages', ended)
  return lost
end
