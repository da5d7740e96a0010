-- These plans are over: they, and the plans within them, age from now on.
--
-- KEYS[1]  base
-- ARGV[1]  offset  ms that tests add to the server's time
-- ARGV[2]  packed  revision; planIds
local base, offset = KEYS[1], tonumber(ARGV[1])
--- include results-time
--- include results-lists
--- include results-counts
local revision, ids = cmsgpack.unpack(ARGV[2])
--- include results-plans

local news = {}
for _, id in ipairs(ids) do
  local plan = read_plan(id)
  if plan then turn(plan, news) end
end
list_released(news)
