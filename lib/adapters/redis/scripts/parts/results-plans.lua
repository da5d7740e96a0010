-- The changing part of a group or chain, at base:r:p:<id>: revision (5 bytes), open, members and
-- unsuccessful (4 each), whole status (1; 4 more where it is regular) and generation (6), revision (5)
-- and letter (1) of its release ('-': not released), then 4 bytes per member: generation * 4 + status;
-- then what was dispatched. The members of a regular plan are named by it and their place: <plan>:<place>.
-- Expects `base` and `revision`; include results-lists and results-counts before.
local PLAN_HEAD = '>c5I4I4I4BI6c5c1'
local PLAN_HEAD_BYTES = 30
local OPEN, SUCCESSFUL, CANCELLED, REGULAR = 0, 1, 3, 4
-- What is smaller is read and written whole: `rest` is what stands behind its head, `written` what was written.
local SMALL_PLAN_BYTES = 1024

local function parse_plan(id, state)
  local plan, status = { id = id }, nil
  plan.revision, plan.open, plan.members, plan.unsuccessful, status, plan.generation,
    plan.release, plan.released = struct.unpack(PLAN_HEAD, state)
  plan.status, plan.regular = status % REGULAR, status >= REGULAR
  if #state < SMALL_PLAN_BYTES then plan.rest = state:sub(PLAN_HEAD_BYTES + 1) end
  return plan
end

-- Nil where no plan is.
local function read_plan(id)
  local state = redis.call('GETRANGE', base .. ':r:p:' .. id, 0, SMALL_PLAN_BYTES - 1)
  return state ~= '' and parse_plan(id, state) or nil
end

local function write_plan(plan)
  local key = base .. ':r:p:' .. plan.id
  local head = struct.pack(PLAN_HEAD, plan.revision, plan.open, plan.members, plan.unsuccessful,
    plan.status + (plan.regular and REGULAR or 0), plan.generation, plan.release, plan.released)
  if plan.rest then
    plan.written = head .. plan.rest
    redis.call('SET', key, plan.written)
  else
    redis.call('SETRANGE', key, 0, head)
  end
end

local function is_released(plan)
  return plan.released ~= '-'
end

-- Its retention is that of how it ended; it ages from now on. To be listed by `list_released`.
local function release_one(plan, news)
  local letter = plan.status == CANCELLED and 'C' or plan.unsuccessful == 0 and 'S' or 'F'
  plan.release, plan.released = revision, letter
  write_plan(plan)
  news[letter] = news[letter] or {}
  table.insert(news[letter], plan.id)
end

local function list_released(news)
  for letter, ids in pairs(news) do
    enlist(letter, revision, ids, 1, #ids)
    add_count('R' .. letter, #ids)
  end
end

local function keep_one(plan)
  add_count('R' .. plan.released, -1)
  plan.release, plan.released = '\0\0\0\0\0', '-'
  write_plan(plan)
end

-- Releases (and adds to the news) or keeps (without news) a plan and those within it. Members follow by
-- themselves: whether one may go is asked of its plan when its time has come.
local function turn(root, news)
  local family = { root }
  while #family > 0 do
    local plan = table.remove(family)
    if is_released(plan) ~= (news ~= nil) then
      if news then release_one(plan, news) else keep_one(plan) end
    end
    for _, id in ipairs(redis.call('SMEMBERS', base .. ':r:n:' .. plan.id)) do
      local inner = read_plan(id)
      if inner and is_released(inner) ~= (news ~= nil) then family[#family + 1] = inner end
    end
  end
end
