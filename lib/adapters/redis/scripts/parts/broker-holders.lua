-- All that may hold claims: the living, and the dead whose claims are not all handed back.
local function holders(base)
  local sessions = redis.call('ZRANGE', base .. 'live', 0, -1)
  for _, dead in ipairs(redis.call('SMEMBERS', base .. 'dead')) do sessions[#sessions + 1] = dead end
  return sessions
end


-- Who holds which of these ids: id -> { session, claim as written down }.
local function find_holders(base, ids)
  local held = {}
  for _, session in ipairs(holders(base)) do
    local claims = hmget(base .. 'held:' .. session, ids)
    for i, id in ipairs(ids) do
      if claims[i] then held[id] = { session, claims[i] } end
    end
  end
  return held
end
