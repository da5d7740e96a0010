-- Stores plans where nothing stands in the way; marks that came before them count.
--
-- KEYS[1]  base
-- ARGV[1]  offset  ms that tests add to the server's time
-- ARGV[2]  packed  revision; ids; plans: { record, state, generation, planId (or false), stage (or false),
--                  members, flat: { memberId, index, ... }, none of a regular plan }
-- REPLY    of each plan: members, open; nil, nil where something else is
local base, offset = KEYS[1], tonumber(ARGV[1])
--- include results-time
--- include results-lists
--- include results-counts
--- include results-records
--- include results-tell
local revision, ids, plans = cmsgpack.unpack(ARGV[2])
--- include results-plans
--- include results-marks

local function take_marks(plan)
  local key = base .. ':r:a:' .. plan.id
  local said = redis.call('HGETALL', key)
  for at = 1, #said, 2 do
    local field, mark = said[at], tonumber(said[at + 1])
    local status = mark % 4
    local generation = (mark - status) / 4
    if field == 'whole' then mark_whole(plan, generation, status)
    else mark_member(plan, field:sub(2), generation, status) end
  end
  if #said > 0 then redis.call('UNLINK', key) end
  redis.call('ZREM', base .. ':r:a', plan.id)
  write_plan(plan)
end

-- A step that comes late to a chain that is over would have nobody left to release it.
local function is_late(parent)
  if not parent or redis.call('HEXISTS', base .. ':r:j', parent) == 0 then return false end
  local plan = read_plan(parent)
  return plan == nil or is_released(plan)
end

local was_early, news = redis.call('EXISTS', base .. ':r:a') == 1, {}

local function store(id, record, state, parent, stage, members)
  redis.call('HSET', base .. ':r:j', id, record)
  redis.call('SET', base .. ':r:p:' .. id, state)
  if stage then
    redis.call('RENAME', base .. ':r:i~' .. stage, base .. ':r:i:' .. id)
    redis.call('PERSIST', base .. ':r:i:' .. id)
  elseif #members > 0 then
    redis.call('HSET', base .. ':r:i:' .. id, unpack(members))
  end
  if parent then redis.call('SADD', base .. ':r:n:' .. parent, id) end
  local plan = parse_plan(id, state)
  if was_early then take_marks(plan) end
  turn(plan, is_late(parent) and news or nil)
  return plan
end

local reply, told, stored = {}, {}, {}
for index, found in ipairs(redis.call('HMGET', base .. ':r:j', unpack(ids))) do
  local id = ids[index]
  local record, state, generation, parent, stage, members = unpack(plans[index])
  found = stored[id] or found
  local letter = found and letter_of(found)
  local plan
  if not found or (letter == 'T' and generation_of(found) < generation) then
    plan = store(id, record, state, parent, stage, members)
    told[#told + 1], stored[id] = id, record
  else
    if letter == 'P' then plan = read_plan(id) end
    if stage then redis.call('UNLINK', base .. ':r:i~' .. stage) end
  end
  reply[#reply + 1], reply[#reply + 2] = plan and plan.members or false, plan and plan.open or false
end
list_released(news)
tell(told)
return reply
