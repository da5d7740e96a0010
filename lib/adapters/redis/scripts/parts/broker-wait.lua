--- include broker-number

-- Notes a waiting call on its queues, or strikes it off. Gives how it is to go on, or false.
local function wait_on(base, session, waiting, claims, numbers, states, given, now)
  local member = waiting[1] .. ':' .. session
  local left, resumed = waiting[2], waiting[3] == 1
  local till = resumed and left or now + left
  -- Told to stop: the mark was left beside the one that woke it.
  local stopped = resumed and redis.call('DEL', base .. 'stop:' .. member) == 1
  local goes_on = not given and not stopped and till > now
  local next_due, queues = -1, {}
  for i, wanted in ipairs(claims) do
    if wanted[3] + wanted[4] > 0 then
      local queue, key = numbers[i], nil
      if goes_on then
        queue = queue or number_queue(base, wanted[1])
        key = base .. queue .. ':idle'
        redis.call('ZADD', key, till + 1000, member)
        redis.call('HSET', base .. queue, 'idle', 1)
        queues[#queues + 1] = queue
        local state = states[i]
        if state and state.next_due and not state.paused and (next_due < 0 or state.next_due < next_due) then next_due = state.next_due end
      elseif resumed and queue then
        key = base .. queue .. ':idle'
        redis.call('ZREM', key, member)
        redis.call('ZREMRANGEBYSCORE', key, '-inf', now)
        if redis.call('EXISTS', key) == 0 then redis.call('HDEL', base .. queue, 'idle') end
      end
    end
  end
  return goes_on and { till, next_due, queues }
end
