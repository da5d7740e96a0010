-- Nobody of this process watches these ids any more.
--
-- KEYS[1]  base
-- ARGV[1]  offset  unused
-- ARGV[2]  packed  name of the watcher (8 bytes); ids
local base = KEYS[1]
local name, ids = cmsgpack.unpack(ARGV[2])
for _, id in ipairs(ids) do
  local key = base .. ':r:w:' .. id
  local watchers, left = redis.call('GET', key) or '', ''
  for at = 1, #watchers, 8 do
    local other = watchers:sub(at, at + 7)
    if other ~= name then left = left .. other end
  end
  if left == '' then redis.call('DEL', key) else redis.call('SET', key, left, 'KEEPTTL') end
end
