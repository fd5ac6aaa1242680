-- Keep the reply of a command that changed nothing, unless one is kept already.
-- KEYS: epoch, done; ARGV: reply, done_ttl_ms
-- Begins with epoch.lua. Returns {epoch or false, the reply kept before or false}
local epoch = opened(KEYS[1])
if not epoch then return {false, false} end
return {epoch, redis.call('SET', KEYS[2], ARGV[1], 'NX', 'GET', 'PX', ARGV[2])}
