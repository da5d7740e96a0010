-- Wakes up to `messages` of the calls that wait on a queue, at most 8: whoever leaves work behind
-- wakes the next one. What has been sent and not yet taken counts.
local function wake(base, queue, messages, now)
  local key = base .. queue .. ':wake'
  local idle = redis.call('ZCOUNT', base .. queue .. ':idle', now, '+inf')
  local count = math.min(messages, idle - redis.call('LLEN', key), 8)
  if count <= 0 then return end
  local markers = {}
  for i = 1, count do markers[i] = '' end
  redis.call('RPUSH', key, unpack(markers))
  redis.call('PEXPIRE', key, 10000)
end
