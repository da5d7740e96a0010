-- The changing part of a group or chain, at base:r:p:<id>: revision (5 bytes), open, members and
-- unsuccessful (4 each), whole status (1) and generation (6), revision (5) and letter (1) of its release
-- ('-': not released), then 4 bytes per member: generation * 4 + status; then what was dispatched.
-- Expects `base` and `revision`; include results-lists and results-counts before.
local PLAN_HEAD = '>c5I4I4I4BI6c5c1'
local PLAN_HEAD_BYTES = 30
local OPEN, SUCCESSFUL, CANCELLED = 0, 1, 3

-- Nil where no plan is.
local function read_plan(id)
  local head = redis.call('GETRANGE', base .. ':r:p:' .. id, 0, PLAN_HEAD_BYTES - 1)
  if head == '' then return nil end
  local plan = { id = id }
  plan.revision, plan.open, plan.members, plan.unsuccessful, plan.status, plan.generation,
    plan.release, plan.released = struct.unpack(PLAN_HEAD, head)
  return plan
end

local function write_plan(plan)
  redis.call('SETRANGE', base .. ':r:p:' .. plan.id, 0, struct.pack(PLAN_HEAD, plan.revision,
    plan.open, plan.members, plan.unsuccessful, plan.status, plan.generation, plan.release,
    plan.released))
end

local function is_released(plan)
  return plan.released ~= '-'
end

-- Its retention is that of how it ended; it ages from now on.
local function release_one(plan)
  local letter = plan.status == CANCELLED and 'C' or plan.unsuccessful == 0 and 'S' or 'F'
  plan.release, plan.released = revision, letter
  write_plan(plan)
  enlist(letter, revision, { plan.id }, 1, 1)
  add_count('R' .. letter, 1)
end

local function keep_one(plan)
  add_count('R' .. plan.released, -1)
  plan.release, plan.released = '\0\0\0\0\0', '-'
  write_plan(plan)
end

-- Releases or keeps a plan and those within it. Members follow by themselves: whether one may go is
-- asked of its plan when its time has come.
local function turn(root, released)
  local family = { root }
  while #family > 0 do
    local plan = table.remove(family)
    if is_released(plan) ~= released then
      if released then release_one(plan) else keep_one(plan) end
    end
    for _, id in ipairs(redis.call('SMEMBERS', base .. ':r:n:' .. plan.id)) do
      local inner = read_plan(id)
      if inner and is_released(inner) ~= released then family[#family + 1] = inner end
    end
  end
end
