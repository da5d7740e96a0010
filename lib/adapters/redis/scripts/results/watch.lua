-- Notes who watches ids, or renews that. What nobody renews goes by itself.
--
-- KEYS[1]  base
-- ARGV[1]  offset  unused
-- ARGV[2]  packed  name of the watcher (8 bytes); how long that is good for (ms); ids
-- REPLY    those ids under which something is
local base = KEYS[1]
local name, good_ms, ids = cmsgpack.unpack(ARGV[2])
redis.call('SET', base .. ':r:w', '', 'PX', good_ms)
local found = {}
for _, id in ipairs(ids) do
  local key = base .. ':r:w:' .. id
  local watchers = redis.call('GET', key) or ''
  local known = false
  for at = 1, #watchers, 8 do known = known or watchers:sub(at, at + 7) == name end
  redis.call('SET', key, known and watchers or watchers .. name, 'PX', good_ms)
  if redis.call('HEXISTS', base .. ':r:j', id) == 1 then found[#found + 1] = id end
end
return found
