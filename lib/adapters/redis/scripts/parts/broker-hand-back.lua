-- Hands back to the front of its queue what nobody works on any more; it may have been begun with.
local function hand_back(base, id, claim, touched)
  local value = redis.call('HGET', base .. 'messages', id)
  if not value then return end
  local message = read(value)
  message.queue = tonumber(claim.queue)
  if message.past ~= GIVEN then
    message.past = GIVEN
    redis.call('HSET', base .. 'messages', id, write(message))
  end
  push_front(base, id, message, claim.order)
  touched[message.queue] = (touched[message.queue] or 0) + 1
end

local function wake_touched(base, touched, now)
  for queue, count in pairs(touched) do wake(base, queue, count, now) end
end
