-- How members of plans stand. Include results-plans before.
--
-- What is said of an older run comes too late; and a run that has ended stays so, even when word that
-- it was opened arrives after that of its end. A plan as a whole has no runs: the last word counts.
local function supersedes(generation, status, last_generation, last_status, is_member)
  if generation ~= last_generation then return generation > last_generation end
  if status == last_status then return false end
  return status ~= OPEN or not is_member
end

-- Whether it changes anything; `plan` is changed, not written.
local function mark_whole(plan, generation, status)
  if not supersedes(generation, status, plan.generation, plan.status, false) then return false end
  plan.generation, plan.status = generation, status
  return true
end

local function mark_member(plan, member, generation, status)
  local found = redis.call('HGET', base .. ':r:i:' .. plan.id, member)
  if not found then return false end
  local index, places = found:match('^(%d+):?(%d*)$')
  places = tonumber(places) or 1
  local key, at = base .. ':r:p:' .. plan.id, PLAN_HEAD_BYTES + 4 * index
  local last = struct.unpack('>I4', redis.call('GETRANGE', key, at, at + 3))
  local last_status = last % 4
  if not supersedes(generation, status, (last - last_status) / 4, last_status, true) then
    return false
  end
  redis.call('SETRANGE', key, at, struct.pack('>I4', generation * 4 + status))
  if last_status == OPEN then plan.open = plan.open - places end
  if status == OPEN then plan.open = plan.open + places end
  if last_status ~= SUCCESSFUL then plan.unsuccessful = plan.unsuccessful - 1 end
  if status ~= SUCCESSFUL then plan.unsuccessful = plan.unsuccessful + 1 end
  return true
end
