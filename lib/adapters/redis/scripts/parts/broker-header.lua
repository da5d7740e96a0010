-- A stored message: a head, and the body behind it. See broker/message-value.ts, which writes it too.
--   1 byte   kind (1 plan, 2 schedule), 4 fresh, 8 given before, 16 has details, 32 has been delayed
--   6 bytes  due at, epoch ms
--   4 bytes  number of its queue
--   details  priority (8), generation (4), crashes (4): else 0, 1, 0
--   delayed  its place among those due at one instant (6)
local JOB, SCHEDULE, GIVEN = 0, 2, 8

local function read(value)
  local flags, due, queue, at = struct.unpack('>BI6I4', value)
  local message = { kind = flags % 4, past = bit.band(flags, 12), due = due, queue = queue, priority = 0, generation = 1, crashes = 0 }
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
