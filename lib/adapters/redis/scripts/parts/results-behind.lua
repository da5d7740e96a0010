-- Names that count no more go as their entry comes to the front. Where that stands still they are looked
-- for behind it, from where the last look ended, once there must be many. A part of results/sweep.lua.

-- Entries without a name that counts; names that one call looks at and leaves.
local MOST_EMPTY, MOST_IN_VAIN = 1000, 500

local function sweep_behind(letter, count, alive)
  local key, field, patience = base .. ':r:l:' .. letter, 'behind:' .. letter, MOST_IN_VAIN
  local cursor, most = redis.call('HGET', state, field), count + MOST_EMPTY
  while budget > 0 and patience > 0 and redis.call('XLEN', key) > most do
    local entry = redis.call('XRANGE', key, cursor and '(' .. cursor or '-', '+', 'COUNT', 1)[1]
    cursor = entry and entry[1]
    if entry then
      local _, _, entry_revision, ids = read_entry(entry)
      if #alive(letter, entry_revision, ids) > 0 then patience = patience - #ids
      else
        budget = budget - #ids
        redis.call('XDEL', key, entry[1])
      end
    end
  end
  if patience <= 0 then look_at(clock) end
  if cursor then redis.call('HSET', state, field, cursor) else redis.call('HDEL', state, field) end
end
