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

-- Where a member stands, and how often; nil for what is none.
local function place_of_member(plan, member)
  if not plan.regular then
    local found = redis.call('HGET', base .. ':r:i:' .. plan.id, member)
    if not found then return nil end
    local index, places = found:match('^(%d+):?(%d*)$')
    return tonumber(index), tonumber(places) or 1
  end
  local from = #plan.id + 2
  if member:sub(1, from - 1) ~= plan.id .. ':' then return nil end
  local digits = member:sub(from)
  local index = tonumber(digits)
  if not index or not (index >= 0 and index < plan.members) then return nil end
  if string.format('%d', index) ~= digits then return nil end
  return index, 1
end

local function read_slot(plan, index)
  if plan.rest then return (struct.unpack('>I4', plan.rest, 4 * index + 1)) end
  local at = PLAN_HEAD_BYTES + 4 * index
  return (struct.unpack('>I4', redis.call('GETRANGE', base .. ':r:p:' .. plan.id, at, at + 3)))
end

-- Of a small plan it is written with the whole.
local function write_slot(plan, index, slot)
  local packed, rest = struct.pack('>I4', slot), plan.rest
  if rest then plan.rest = rest:sub(1, 4 * index) .. packed .. rest:sub(4 * index + 5)
  else redis.call('SETRANGE', base .. ':r:p:' .. plan.id, PLAN_HEAD_BYTES + 4 * index, packed) end
end

-- As above.
local function mark_member(plan, member, generation, status)
  local index, places = place_of_member(plan, member)
  if not index then return false end
  local last = read_slot(plan, index)
  local last_status = last % 4
  if not supersedes(generation, status, (last - last_status) / 4, last_status, true) then
    return false
  end
  write_slot(plan, index, generation * 4 + status)
  if last_status == OPEN then plan.open = plan.open - places end
  if status == OPEN then plan.open = plan.open + places end
  if last_status ~= SUCCESSFUL then plan.unsuccessful = plan.unsuccessful - 1 end
  if status ~= SUCCESSFUL then plan.unsuccessful = plan.unsuccessful + 1 end
  return true
end
