-- A server whose memory is full refuses what adds to it, unless the script has begun to write. Workers
-- go on: what they settle makes room.
redis.call('DEL', KEYS[1] .. ':b:nothing')
