-- Messages whose claims are over come back: 'in' or 'at' some ms, 'begun' with or 'untouched'.
local function come_back(base, id, claim, how, ms, now)
  local value = redis.call('HGET', base .. 'messages', id)
  if not value then return 0, 0 end
  local message = read(value)
  message.queue = tonumber(claim.queue)
  if how ~= 'untouched' then message.past = GIVEN end
  if how == 'in' then return message.queue, place(base, id, message, now + ms, now) end
  if how == 'at' then return message.queue, place(base, id, message, ms, now) end
  if how == 'begun' then redis.call('HSET', base .. 'messages', id, write(message)) end
  push_front(base, id, message, claim.order)
  return message.queue, 1
end

-- Gives the receipts that no longer held, as numbers of the list.
local function settle_others(base, held, settlements, touched, now)
  local ids, lost = {}, {}
  for i, settlement in ipairs(settlements) do ids[i] = settlement[2] end
  local claims = hmget(held, ids)
  for i, settlement in ipairs(settlements) do
    local number, id, how, ms = unpack(settlement)
    if holds(claims[i], number) then
      redis.call('HDEL', held, id)
      local queue, count = come_back(base, id, read_claim(claims[i]), how, ms, now)
      if count > 0 then touched[queue] = (touched[queue] or 0) + count end
    else
      lost[#lost + 1] = i
    end
  end
  return lost
end
