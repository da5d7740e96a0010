-- Gives queues numbers, by which messages and keys name them. A number is never given twice.
--
-- KEYS 1  base
-- ARGV 1  names   packed list
-- REPLY   numbers, in the order of the names; first of all server time, epoch ms
--- include broker-time
--- include broker-number
local base, names = KEYS[1] .. ':b:', cmsgpack.unpack(ARGV[1])

local reply = { now }
for i, name in ipairs(names) do reply[i + 1] = number_queue(base, name) end
return reply
