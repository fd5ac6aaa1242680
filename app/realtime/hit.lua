-- Take shares of several counters at once, or none when one of them is full.
-- KEYS: counters. ARGV: window_ms, then per counter: amount, wanted
-- Returns {0, then per counter: granted, ms until its window ends} when allowed,
--         else {which counter is full, ms until its window ends}
local used, answer = {}, {0}
for i, key in ipairs(KEYS) do
  used[i] = tonumber(redis.call('GET', key) or '0')
  if used[i] >= tonumber(ARGV[2 * i]) then
    return {i, math.max(1, redis.call('PTTL', key))}
  end
end
for i, key in ipairs(KEYS) do
  local granted = math.min(tonumber(ARGV[2 * i + 1]), ARGV[2 * i] - used[i])
  if redis.call('INCRBY', key, granted) == granted then
    redis.call('PEXPIRE', key, ARGV[1])
  end
  answer[#answer + 1] = granted
  answer[#answer + 1] = math.max(1, redis.call('PTTL', key))
end
return answer
