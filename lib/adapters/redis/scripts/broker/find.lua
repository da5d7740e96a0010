-- Tells how messages stand.
--
-- KEYS 1  base
-- ARGV 1  ids     packed list
-- REPLY   as in parts/broker-describe.lua
--- include broker-time
--- include broker-chunks
--- include broker-holders
--- include broker-describe
local base, ids = KEYS[1] .. ':b:', cmsgpack.unpack(ARGV[1])
return describe(base, ids, find_holders(base, ids), now)
