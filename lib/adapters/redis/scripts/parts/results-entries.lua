-- What has to stay although its time has come (members of open plans) is put aside, at base:r:h:<letter>:
-- one entry each, whose sequence number is its position in its list, with room for all names of an entry.
local LIST_ROOM = 64

-- Reads an entry of a list: its instant (ms), its sequence number, its revision, and its ids.
local function read_entry(entry)
  local at, sequence = entry[1]:match('^(%d+)%-(%d+)$')
  local fields = entry[2]
  local ids = {}
  local last = fields[1]:byte(1) == 49 and #fields - 1 or #fields
  for index = 2, last do ids[#ids + 1] = fields[index] end
  return tonumber(at), tonumber(sequence), fields[1]:sub(2), ids
end
