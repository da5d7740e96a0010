-- Removes what has been kept long enough, and gathers the news of it. Include results-records,
-- results-counts and results-drop-plan before.
local forgotten, counts = {}, {}

-- Names that count, with their records: the others have moved on, or are gone.
local function living(letter, entry_revision, ids)
  local values = redis.call('HMGET', base .. ':r:j', unpack(ids))
  local kept = {}
  for index, id in ipairs(ids) do
    local value = values[index]
    if value and letter_of(value) == letter
      and place_of(value) == entry_revision then
      kept[#kept + 1] = { id = id, index = index, value = value }
    end
  end
  return kept
end

local function living_plans(letter, entry_revision, ids)
  local kept = {}
  for index, id in ipairs(ids) do
    local plan = read_plan(id)
    if plan and plan.released == letter and plan.release == entry_revision then
      kept[#kept + 1] = { id = id, index = index, value = redis.call('HGET', base .. ':r:j', id) }
    end
  end
  return kept
end

local function forget(name)
  local letter = letter_of(name.value)
  if letter == 'P' then drop_plan(name.id, name.value)
  elseif letter ~= 'T' then tally(counts, letter, queue_of(name.value), -1) end
  redis.call('HDEL', base .. ':r:j', name.id)
  forgotten[#forgotten + 1] = name.id
end

local open_plans = {}

-- Members stay while their plan is there and not released.
local function must_stay(name)
  local _, _, id = head_of(name.value)
  if not id then return false end
  if open_plans[id] == nil then
    local plan = read_plan(id)
    open_plans[id] = plan ~= nil and not is_released(plan)
  end
  return open_plans[id]
end
