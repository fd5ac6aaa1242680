-- Read all that a command needs in one round trip.
-- KEYS: epoch, done, then per aggregate: its hash, its due index
-- Begins with epoch.lua. Returns {epoch or false, now_ms, done or false, then per aggregate:
--          version or false, state, changed_ms, first due id or false, its due ms}
local time = redis.call('TIME')
local now = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000))
local answer = {opened(KEYS[1]), now, redis.call('GET', KEYS[2])}
for i = 3, #KEYS, 2 do
  local held = redis.call('HMGET', KEYS[i], 'v', 'd', 't')
  local due = redis.call('ZRANGE', KEYS[i + 1], 0, 0, 'WITHSCORES')
  local n = #answer
  answer[n + 1] = held[1]
  answer[n + 2] = held[2]
  answer[n + 3] = held[3]
  answer[n + 4] = due[1] or false
  answer[n + 5] = due[2] or false
end
return answer
