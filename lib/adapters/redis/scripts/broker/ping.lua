-- Tells server time.
--
-- REPLY   epoch ms
--- include broker-time
return now
