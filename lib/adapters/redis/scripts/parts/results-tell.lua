-- Tells the processes that watch any of these ids. While nobody watches anything, base:r:w is not
-- there. base:r:w:<id> holds the names (8 bytes each) of those who watch it. Expects `base`.
local function tell(ids)
  if redis.call('EXISTS', base .. ':r:w') == 0 then return end
  local news = {}
  for _, id in ipairs(ids) do
    local watchers = redis.call('GET', base .. ':r:w:' .. id) or ''
    for at = 1, #watchers, 8 do
      local name = watchers:sub(at, at + 7)
      news[name] = news[name] or {}
      table.insert(news[name], id)
    end
  end
  for name, told in pairs(news) do
    redis.call('PUBLISH', base .. ':r:wake:' .. name, cjson.encode(told))
  end
end
