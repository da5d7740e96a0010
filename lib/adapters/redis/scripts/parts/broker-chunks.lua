-- Commands on many items. Lua's stack bounds the arguments of one call: they go in portions.
local PORTION = 3000

local function hmget(key, fields)
  if #fields == 0 then return {} end
  if #fields <= PORTION then return redis.call('HMGET', key, unpack(fields)) end
  local values = {}
  for from = 1, #fields, PORTION do
    local to = math.min(from + PORTION - 1, #fields)
    local portion = redis.call('HMGET', key, unpack(fields, from, to))
    for i = 1, to - from + 1 do values[from + i - 1] = portion[i] end
  end
  return values
end

-- A command that takes any number of items, or of pairs, behind a key.
local function many(command, key, items)
  for from = 1, #items, PORTION do
    redis.call(command, key, unpack(items, from, math.min(from + PORTION - 1, #items)))
  end
end
