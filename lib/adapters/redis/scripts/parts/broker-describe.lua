-- Messages as they are shown: { server time; ids; values; marks of their claims, ' ' where there is
-- none; numbers and names of their queues }.
local function describe(base, ids, held, now)
  local values, marks, names = hmget(base .. 'messages', ids), {}, {}
  local seen = {}
  for i, id in ipairs(ids) do
    marks[i] = held[id] and string.sub(held[id][2], 1, 1) or ' '
    local queue = values[i] and #values[i] > 10 and struct.unpack('>I4', values[i], 8)
    if queue and not seen[queue] then
      seen[queue] = true
      names[#names + 1] = queue
      names[#names + 1] = redis.call('HGET', base .. queue, 'name') or ''
    end
  end
  return { now, ids, values, table.concat(marks), names }
end
