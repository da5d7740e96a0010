-- A stored message: a head, and the body behind it. See broker/message-value.ts, which writes it too.
--   1 byte   kind (1 plan, 2 schedule), 4 fresh, 8 given before, 16 has details, 32 has been delayed
--   6 bytes  due at, epoch ms
--   4 bytes  number of its queue
--   details  priority (8), generation (4), crashes (4): else 0, 1, 0
--   delayed  its place among those due at one instant (6)
local JOB, SCHEDULE, GIVEN = 0, 2, 8

local function kind_of(value)
  local kind = (string.byte(value) or JOB) % 4
  return kind == 3 and JOB or kind
end

-- What is too short to be one, because others than we have written it, is all body, of no queue.
local function read(value)
  local head = string.byte(value) or 0
  local least = 11 + (bit.band(head, 16) ~= 0 and 16 or 0) + (bit.band(head, 32) ~= 0 and 6 or 0)
  if #value < least then
    return { kind = JOB, past = 0, due = 0, queue = 0, priority = 0, generation = 1, crashes = 0, body = value }
  end
  local flags, due, queue, at = struct.unpack('>BI6I4', value)
  local message = { kind = kind_of(value), past = bit.band(flags, 12), due = due, queue = queue, priority = 0, generation = 1, crashes = 0 }
  if bit.band(flags, 16) ~= 0 then
    message.priority, message.generation, message.crashes, at = struct.unpack('>i8I4I4', value, at)
  end
  if bit.band(flags, 32) ~= 0 then message.order, at = struct.unpack('>I6', value, at) end
  message.body = string.sub(value, at)
  return message
end

local function write(message)
  local flags, details, order = message.kind + message.past, '', ''
  if message.priority ~= 0 or message.generation ~= 1 or message.crashes ~= 0 then
    flags = flags + 16
    details = struct.pack('>i8I4I4', message.priority, message.generation, message.crashes)
  end
  if message.order then
    flags = flags + 32
    order = struct.pack('>I6', message.order)
  end
  return struct.pack('>BI6I4', flags, message.due, message.queue) .. details .. order .. message.body
end
