-- Opens a session, or shows that it lives: what it holds stays. Include broker-session before.
local function open_session(base, session, lease, about, now)
  local key = base .. 'session:' .. session
  redis.call('HSETNX', key, 'opened', now)
  redis.call('HSET', key, 'lease', lease, 'about', about)
  redis.call('SREM', base .. 'dead', session)
  extend(base, session, lease, now)
end
