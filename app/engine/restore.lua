-- Bring aggregates back from Postgres, each only while Redis has none.
-- KEYS: epoch, then the aggregates; ARGV: epoch, then per aggregate: version, state, changed_ms
-- Begins with epoch.lua.
-- Returns how many came back, or -1 when the epoch has changed meanwhile.
if opened(KEYS[1]) ~= ARGV[1] then return -1 end
local restored = 0
for i = 2, #KEYS do
  local at = 3 * i - 4
  if redis.call('EXISTS', KEYS[i]) == 0 then
    redis.call('HSET', KEYS[i], 'v', ARGV[at], 'd', ARGV[at + 1], 't', ARGV[at + 2])
    restored = restored + 1
  end
end
return restored
