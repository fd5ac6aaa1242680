-- Claim due timers by a lease: until it runs out, no other clock claims them.
-- KEYS: epoch, timers, timers:cmd
-- ARGV: batch_max, lease_ms
-- Begins with epoch.lua.
-- Returns per timer: id, value
-- The lease stands in the score of the claimed timer; its true due time stays in its
-- value and in the due indexes, so the order of things is not touched.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local answer = {}
if not opened(KEYS[1]) then return answer end
local due = redis.call('ZRANGE', KEYS[2], '-inf', string.format('%.0f', now),
  'BYSCORE', 'LIMIT', 0, ARGV[1])
local lease = string.format('%.0f', now + ARGV[2])
for _, id in ipairs(due) do
  redis.call('ZADD', KEYS[2], 'XX', lease, id)
  answer[#answer + 1] = id
  answer[#answer + 1] = redis.call('HGET', KEYS[3], id) or ''
end
return answer
