-- What the scripts begin with: may the hot state be used, and from where do rooms count?
-- An epoch is `<life>.<floor>@<node>`, see epoch.py.

-- The epoch; false where there is none, or where it names another node: then the state
-- came here by replication, and may lack what the failover lost.
local function opened(key)
  local epoch = redis.call('GET', key)
  local node = epoch and string.match(epoch, '@(%w+)$')
  if node and node ~= redis.pcall('CLUSTER', 'MYID') then return false end
  return epoch
end

-- No room may give this number again, or one before it.
local function floor_of(epoch)
  return tonumber(string.match(epoch, '%.(%d+)')) or 0
end

-- The number of a room that has no history in this epoch: the start of the clock's half
-- TTL. So looking at a room costs no memory.
local function quiet(clock_ms, ttl_ms, floor)
  return math.max(clock_ms - clock_ms % (ttl_ms / 2), floor)
end
