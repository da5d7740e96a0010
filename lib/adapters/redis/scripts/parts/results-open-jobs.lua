-- Unfinished jobs stand in base:r:o:<letter>, by their latest write. Expects `base`.
local OPEN_LETTERS = { q = true, p = true, r = true }

local function list_open(letter, id)
  local order = redis.call('HINCRBY', base .. ':r:s', 'order', 1)
  redis.call('ZADD', base .. ':r:o:' .. letter, order, id)
end

local function unlist_open(letter, id)
  redis.call('ZREM', base .. ':r:o:' .. letter, id)
end
