-- Write a mark, so that WAIT waits for this and all that was written before.
-- KEYS: epoch, mark; ARGV: epoch
-- Begins with epoch.lua. Returns 1, or 0 where it is not the epoch any more.
if opened(KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[2], '')
return 1
