-- What Lua reads of a record (record-layout.ts has the whole): version, letter, revision (5 bytes),
-- finishedAt (6), flags, generation, queue, task, planId.
local FLAG_PLAN, FLAG_PLACE = 1, 2
local FINAL_LETTERS = { s = true, f = true, c = true }

local function varint(value, at)
  local number, unit = 0, 1
  while true do
    local byte = value:byte(at)
    at = at + 1
    if byte < 128 then return number + byte * unit, at end
    number = number + (byte - 128) * unit
    unit = unit * 128
  end
end

local function text(value, at)
  local length, from = varint(value, at)
  return value:sub(from, from + length - 1), from + length
end

local function letter_of(value)
  return value:sub(2, 2)
end

local function revision_of(value)
  return value:sub(3, 7)
end

local function generation_of(value)
  local letter = letter_of(value)
  if letter == 'T' then return tonumber(value:sub(8)) end
  return (varint(value, letter == 'P' and 3 or 15))
end

-- The revision of the list entry that names the record: its own, or an earlier one.
local function place_of(value)
  if letter_of(value) == 'T' or bit.band(value:byte(14), FLAG_PLACE) == 0 then
    return revision_of(value)
  end
  return value:sub(-5)
end

local function queue_of(value)
  local _, at = varint(value, 15)
  return (text(value, at))
end

-- Queue, task, and planId or nil.
local function head_of(value)
  local _, at = varint(value, 15)
  local queue, task, plan
  queue, at = text(value, at)
  task, at = text(value, at)
  if bit.band(value:byte(14), FLAG_PLAN) ~= 0 then plan = text(value, at) end
  return queue, task, plan
end
