-- Time is the server's, plus an offset that only tests set. Expects `offset` (ms).
local function now()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000) + offset
end

-- The id of a new entry in a list: never lower than the last one's, whatever the clock does.
local function stamp()
  return offset == 0 and '*' or string.format('%d-*', now())
end
