-- Reads the notices of a topic.
--
-- KEYS[1]  base
-- ARGV[1]  offset  ms that tests add to the server's time
-- ARGV[2]  topic
-- REPLY    flat: { name, body, ... }
local base, offset = KEYS[1], tonumber(ARGV[1])
--- include results-time
local fields = redis.call('HGETALL', base .. ':r:t:' .. ARGV[2])
local time, found = now(), {}
for at = 1, #fields, 2 do
  local field, value = fields[at], fields[at + 1]
  if field == 'until' then
    -- The key itself goes by the server's own time.
    if tonumber(value) <= time then return {} end
  else
    found[#found + 1] = field:sub(2)
    found[#found + 1] = value
  end
end
return found
