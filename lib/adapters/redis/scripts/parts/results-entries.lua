-- What has to stay although its time has come (members of open plans) is put aside, at base:r:h:<letter>:
-- one entry each, whose sequence number is its position in its list, with room for all names of an entry.
local LIST_ROOM = 64

local function read_ids(mark, length, fields)
  local ids = {}
  if mark == '2' then
    local joined = fields[2]
    for from = 1, #joined, length do ids[#ids + 1] = joined:sub(from, from + length - 1) end
  else
    for index = 2, mark == '1' and #fields - 1 or #fields do ids[#ids + 1] = fields[index] end
  end
  return ids
end

-- Reads an entry of a list: its instant (ms), its sequence number, its revision, and its ids.
local function read_entry(entry)
  local at, sequence = entry[1]:match('^(%d+)%-(%d+)$')
  local head, fields = entry[2][1], entry[2]
  local ids = read_ids(head:sub(1, 1), tonumber(head:sub(7)), fields)
  return tonumber(at), tonumber(sequence), head:sub(2, 6), ids
end
