-- Hit several counters at once, or none when one of them is full.
-- KEYS: counters. ARGV: window_ms, '1' to count (else only look), amount of each counter
-- Returns {0, 0} when allowed, else {which counter is full, ms until its window ends}
for i, key in ipairs(KEYS) do
  if tonumber(redis.call('GET', key) or '0') >= tonumber(ARGV[i + 2]) then
    return {i, math.max(1, redis.call('PTTL', key))}
  end
end
if ARGV[2] == '1' then
  for _, key in ipairs(KEYS) do
    if redis.call('INCR', key) == 1 then
      redis.call('PEXPIRE', key, ARGV[1])
    end
  end
end
return {0, 0}
