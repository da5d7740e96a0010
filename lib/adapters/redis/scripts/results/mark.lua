-- Says how members stand, or plans as a whole. For a plan that is not there yet it is kept.
--
-- KEYS[1]  base
-- ARGV[1]  offset  ms that tests add to the server's time
-- ARGV[2]  packed  revision; marks, flat: { planId, memberId (false: the whole), generation, status,
--                  show (0: never, 1: once none is open, 2: always), ... }
-- REPLY    { of each mark: members and open of its plan after all marks; nil, nil where no plan is }
--          { of each plan to be shown: number of a mark of it (1 first), record, state }
local base, offset = KEYS[1], tonumber(ARGV[1])
--- include results-time
--- include results-lists
--- include results-counts
--- include results-tell
local revision, marks = cmsgpack.unpack(ARGV[2])
--- include results-plans
--- include results-marks

local function keep_for_later(id, member, generation, status)
  if redis.call('HEXISTS', base .. ':r:j', id) == 1 then return end
  local key, field = base .. ':r:a:' .. id, member and 'm' .. member or 'whole'
  local last = tonumber(redis.call('HGET', key, field) or 0)
  local last_status = last % 4
  local last_generation = (last - last_status) / 4
  if last == 0 or supersedes(generation, status, last_generation, last_status, member) then
    redis.call('HSET', key, field, string.format('%d', generation * 4 + status))
  end
  redis.call('ZADD', base .. ':r:a', now(), id)
end

local plans, changed, told = {}, {}, {}
for at = 1, #marks, 5 do
  local id, member, generation, status = unpack(marks, at, at + 3)
  local plan = plans[id]
  if plan == nil then
    plan = read_plan(id) or false
    plans[id] = plan
  end
  if plan then
    local open = plan.open
    local takes = member and mark_member(plan, member, generation, status)
      or not member and mark_whole(plan, generation, status)
    if takes and not changed[id] then changed[id], told[#told + 1] = true, id end
    if plan.open > open then plan.opened = true end
  else
    keep_for_later(id, member, generation, status)
  end
end
for _, id in ipairs(told) do
  local plan = plans[id]
  plan.revision = revision
  write_plan(plan)
end
for _, id in ipairs(told) do
  if plans[id].opened then turn(read_plan(id)) end
end
tell(told)

local progress, ids, numbers = {}, {}, {}
for at = 1, #marks, 5 do
  local id, show = marks[at], marks[at + 4]
  local plan = plans[id]
  progress[#progress + 1], progress[#progress + 2] = plan and plan.members, plan and plan.open
  if plan and not plan.shown and (show == 2 or (show == 1 and plan.open == 0)) then
    plan.shown = true
    ids[#ids + 1], numbers[#numbers + 1] = id, (at + 4) / 5
  end
end
local shown = {}
if #ids > 0 then
  for index, record in ipairs(redis.call('HMGET', base .. ':r:j', unpack(ids))) do
    local plan = plans[ids[index]]
    local state = not plan.opened and plan.written or redis.call('GET', base .. ':r:p:' .. plan.id)
    shown[#shown + 1], shown[#shown + 2], shown[#shown + 3] = numbers[index], record, state
  end
end
return { progress, shown }
