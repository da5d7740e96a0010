-- Lists of ids by the time of their recording: streams at base:r:l:<letter>, one entry for up to 32
-- ids that were recorded together. An entry is a pair where they are of one length, as they mostly are:
-- { '2' revision length, the ids joined }; else { mark revision, id, id, ... }, with the mark '0' or
-- '1' (one filler at the end, since entries hold pairs). A name counts only while its record bears that
-- revision as its place; names are never taken out one by one.
-- Expects `base`; include results-time before.
local LIST_ENTRY = 32

-- 0 where they differ.
local function length_of_each(ids, first, last)
  local length = #ids[first]
  for index = first + 1, last do
    if #ids[index] ~= length then return 0 end
  end
  return length
end

local function enlist(letter, revision, ids, first, last)
  local key = base .. ':r:l:' .. letter
  for from = first, last, LIST_ENTRY do
    local to = math.min(from + LIST_ENTRY - 1, last)
    local length = length_of_each(ids, from, to)
    if length > 0 then
      redis.call('XADD', key, stamp(), '2' .. revision .. length, table.concat(ids, '', from, to))
    elseif (to - from) % 2 == 0 then
      redis.call('XADD', key, stamp(), '0' .. revision, unpack(ids, from, to))
    else
      local padded = { unpack(ids, from, to) }
      padded[#padded + 1] = ''
      redis.call('XADD', key, stamp(), '1' .. revision, unpack(padded))
    end
  end
end
