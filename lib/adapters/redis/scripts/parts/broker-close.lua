-- Ends a session, live or dead. What it still holds goes back in front of its queues.
local function close(base, session, now)
  local held, touched = base .. 'held:' .. session, {}
  local claims = redis.call('HGETALL', held)
  for i = 1, #claims, 2 do hand_back(base, claims[i], read_claim(claims[i + 1]), touched) end
  redis.call('DEL', held, base .. 'session:' .. session, base .. 'gone:' .. session)
  redis.call('ZREM', base .. 'live', session)
  redis.call('SREM', base .. 'dead', session)
  wake_touched(base, touched, now)
end
