-- Ends a session. What it still holds goes back in front of its queues.
--
-- KEYS 1  base
-- ARGV 1  session
-- REPLY   server time, epoch ms
--- include broker-when-full
--- include broker-time
--- include broker-header
--- include broker-wake
--- include broker-place
--- include broker-session
--- include broker-hand-back
--- include broker-close
close(KEYS[1] .. ':b:', ARGV[1], now)
return now
