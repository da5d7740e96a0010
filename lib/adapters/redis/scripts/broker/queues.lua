-- Names the queues that hold a message or are paused. Forgets the others, unless somebody waits there.
--
-- KEYS 1  base
-- REPLY   names
--- include broker-time
--- include broker-chunks
--- include broker-holders
--- include broker-session
--- include broker-waiting
local base, reply, held = KEYS[1] .. ':b:', {}, {}

for _, session in ipairs(holders(base)) do
  for _, text in ipairs(redis.call('HVALS', base .. 'held:' .. session)) do held[read_claim(text).queue] = true end
end

local function forget(name, queue)
  if redis.call('ZCOUNT', base .. queue .. ':idle', now, '+inf') > 0 then return end
  for _, priority in ipairs(priorities_of(base, queue)) do
    redis.call('DEL', base .. queue .. ':list:' .. priority, base .. queue .. ':ghosts:' .. priority)
  end
  redis.call('DEL', base .. queue, base .. queue .. ':priorities', base .. queue .. ':idle', base .. queue .. ':wake')
  redis.call('HDEL', base .. 'queues', name)
end

local known = redis.call('HGETALL', base .. 'queues')
for i = 1, #known, 2 do
  local name, queue = known[i], known[i + 1]
  local lives = held[queue] or redis.call('HGET', base .. queue, 'paused') or redis.call('EXISTS', base .. queue .. ':delayed') == 1
  if lives or count_waiting(base, queue) > 0 then reply[#reply + 1] = name
  else forget(name, queue) end
end
return reply
