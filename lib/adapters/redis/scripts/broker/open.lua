-- Opens a session, or shows that it lives: what it holds stays.
--
-- KEYS 1  base
-- ARGV 1  session
-- ARGV 2  lease, ms
-- ARGV 3  who it is: text
-- REPLY   server time, epoch ms
--- include broker-when-full
--- include broker-time
--- include broker-session
--- include broker-open
open_session(KEYS[1] .. ':b:', ARGV[1], tonumber(ARGV[2]), ARGV[3], now)
return now
