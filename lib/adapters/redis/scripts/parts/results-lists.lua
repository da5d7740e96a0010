-- Lists of ids by the time of their recording: streams at base:r:l:<letter>, one entry for up to 32
-- ids that were recorded together. An entry is { mark, id, id, ... }: the mark is '0' or '1' (one
-- filler at the end, since entries hold pairs) and the revision of its writes. A name counts only while
-- its record bears that revision as its place; names are never taken out one by one.
-- Expects `base`; include results-time before.
local LIST_ENTRY = 32

local function enlist(letter, revision, ids, first, last)
  local key = base .. ':r:l:' .. letter
  for from = first, last, LIST_ENTRY do
    local to = math.min(from + LIST_ENTRY - 1, last)
    if (to - from) % 2 == 0 then
      redis.call('XADD', key, stamp(), '0' .. revision, unpack(ids, from, to))
    else
      local padded = { unpack(ids, from, to) }
      padded[#padded + 1] = ''
      redis.call('XADD', key, stamp(), '1' .. revision, unpack(padded))
    end
  end
end
