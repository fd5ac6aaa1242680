-- Read rooms, and aggregates that their snapshots are made of, at one instant.
-- KEYS: epoch, then per room: its history, its sector's set (the history where it has
--       none), then aggregates
-- ARGV: rooms_ttl_ms, number of rooms, then per room '1' where its set is asked for
-- Returns {epoch or false, now_ms, then per room: seq, members,
--          then per aggregate: version, state}
-- Begins with epoch.lua. A room without a history has the number that commit.lua would
-- begin it with.
local time = redis.call('TIME')
local clock = time[1] * 1000 + math.floor(time[2] / 1000)
local now = string.format('%.0f', clock)
local epoch = opened(KEYS[1])
if not epoch then return {false, now} end
local floor = floor_of(epoch)
local silent = string.format('%.0f', quiet(clock, ARGV[1], floor))
local answer, rooms = {epoch, now}, tonumber(ARGV[2])
for i = 1, rooms do
  local last = redis.call('XREVRANGE', KEYS[2 * i], '+', '-', 'COUNT', 1)[1]
  local members = {}
  if ARGV[2 + i] == '1' then members = redis.call('SMEMBERS', KEYS[2 * i + 1]) end
  local seq = last and string.match(last[1], '^%d+')
  answer[2 * i + 1] = seq and tonumber(seq) >= floor and seq or silent
  answer[2 * i + 2] = members
end
for i = 2 * rooms + 2, #KEYS do
  local held = redis.call('HMGET', KEYS[i], 'v', 'd')
  answer[#answer + 1] = held[1]
  answer[#answer + 1] = held[2]
end
return answer
