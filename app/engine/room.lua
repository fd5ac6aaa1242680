-- Read a room and what its snapshot needs at one instant.
-- KEYS: epoch, room, sector set ('' of none is the room again), then aggregates
-- ARGV: rooms_ttl_ms, '1' when KEYS[3] is a sector set
-- Returns {epoch or false, now_ms, seq, members, then per aggregate: version, state}
-- A room nobody spoke in yet gets a first number: the clock, so numbers never go back.
local time = redis.call('TIME')
local now = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000))
local epoch = redis.call('GET', KEYS[1])
if not epoch then return {false, now} end
local last = redis.call('XREVRANGE', KEYS[2], '+', '-', 'COUNT', 1)
local seq
if last[1] then
  seq = string.match(last[1][1], '^(%d+)')
else
  seq = now
  redis.call('XADD', KEYS[2], now .. '-0', 'e', '')
  redis.call('PEXPIRE', KEYS[2], ARGV[1])
end
local members = {}
if ARGV[2] == '1' then members = redis.call('SMEMBERS', KEYS[3]) end
local answer = {epoch, now, seq, members}
for i = 4, #KEYS do
  local held = redis.call('HMGET', KEYS[i], 'v', 'd')
  answer[#answer + 1] = held[1]
  answer[#answer + 1] = held[2]
end
return answer
