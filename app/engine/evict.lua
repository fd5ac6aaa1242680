-- Let idle aggregates go, each only in the version that Postgres has.
-- KEYS: the aggregates; ARGV: idle_s, then the version of each
-- Returns how many went. OBJECT doesn't count as a use; HGET would.
local gone = 0
for i = 1, #KEYS do
  local idle = redis.call('OBJECT', 'IDLETIME', KEYS[i])
  if idle and idle >= tonumber(ARGV[1])
    and redis.call('HGET', KEYS[i], 'v') == ARGV[i + 1] then
    gone = gone + redis.call('UNLINK', KEYS[i])
  end
end
return gone
