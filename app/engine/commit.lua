-- Commit one outcome: all of it, or nothing.
-- KEYS: epoch, journal, timers, timers:cmd, done, then per aggregate: hash, due index,
--       then the rooms, then the sector sets
-- ARGV: epoch, journal_max, done_ttl_ms, done value, at_ms, own timer ('' for none),
--       own due_ms, rooms_ttl_ms, history_max, then counted lists, in this order:
--       aggregates: n, then per aggregate: version, state ('' when unchanged), and the
--                   journal's field for it
--       journal fields beside these: n, then n strings (name, value, ...)
--       timers added: n, then per timer: id, due_ms, value
--       timers dropped: n, then n ids
--       broadcasts: n, then per room: room (index of KEYS), events m, m pieces
--       signals: n, then per room: room (index of KEYS)
--       moves: n, then per move: sector (index of KEYS), '+' or '-', member
-- Returns {'ok', first seq of each room ...}, {'done', value}, {'gone'}, {'raced'},
--         {'epoch'} or {'full'}
-- Begins with epoch.lua. Every key shares the galaxy's hash tag; the due indexes of a
-- dropped timer are named by the timer's own value, so that they need no round trip to be
-- found.
local EPOCH, JOURNAL, TIMERS, COMMANDS, DONE = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local at_ms, own, own_due = ARGV[5], ARGV[6], tonumber(ARGV[7])
local cursor = 9

local function take()
  cursor = cursor + 1
  return ARGV[cursor]
end

local function drop(id)
  local value = redis.call('HGET', COMMANDS, id)
  if not value then return end
  redis.call('HDEL', COMMANDS, id)
  redis.call('ZREM', TIMERS, id)
  local header = string.sub(value, 1, string.find(value, '\n', 1, true) - 1)
  for key in string.gmatch(header, ' ([^ ]+)') do
    redis.call('ZREM', key, id)
  end
end

local function add(id, due_ms, value)
  redis.call('HSET', COMMANDS, id, value)
  redis.call('ZADD', TIMERS, due_ms, id)
  local header = string.sub(value, 1, string.find(value, '\n', 1, true) - 1)
  for key in string.gmatch(header, ' ([^ ]+)') do
    redis.call('ZADD', key, due_ms, id)
  end
end

-- Whether a timer came in that must be settled before this command (law L7).
local function overtaken(index)
  local due = redis.call('ZRANGE', index, 0, 0, 'WITHSCORES')
  if not due[1] then return false end
  local due_ms = tonumber(due[2])
  if own == '' then return due_ms <= tonumber(at_ms) end
  return due_ms < own_due or (due_ms == own_due and due[1] < own)
end

if opened(EPOCH) ~= ARGV[1] then return {'epoch'} end
if own == '' then
  local value = redis.call('GET', DONE)
  if value then return {'done', value} end
elseif redis.call('HEXISTS', COMMANDS, own) == 0 then
  return {'gone'}
end
if redis.call('XLEN', JOURNAL) >= tonumber(ARGV[2]) then return {'full'} end

local aggregates = tonumber(take())
local first = cursor
for i = 0, aggregates - 1 do
  local version = take()
  cursor = cursor + 2
  local key = KEYS[6 + 2 * i]
  if (redis.call('HGET', key, 'v') or '0') ~= version then return {'raced'} end
  if overtaken(KEYS[7 + 2 * i]) then return {'raced'} end
end

cursor = first
local fields = {}
for i = 0, aggregates - 1 do
  local version, state, field = take(), take(), take()
  if state ~= '' then
    redis.call('HSET', KEYS[6 + 2 * i],
      'v', string.format('%.0f', version + 1), 'd', state, 't', at_ms)
    fields[#fields + 1] = field
    fields[#fields + 1] = state
  end
end
for _ = 1, tonumber(take()) do fields[#fields + 1] = take() end
redis.call('XADD', JOURNAL, '*', unpack(fields))

if own ~= '' then drop(own) end
local added = tonumber(take())
local after = cursor
cursor = cursor + 3 * added
for _ = 1, tonumber(take()) do drop(take()) end
local resume_at = cursor
cursor = after
for _ = 1, added do add(take(), take(), take()) end
cursor = resume_at

local answer, floor = {'ok'}, floor_of(ARGV[1])
for _ = 1, tonumber(take()) do
  local key = KEYS[tonumber(take())]
  local last = redis.call('XREVRANGE', key, '+', '-', 'COUNT', 1)
  local seq = last[1] and tonumber(string.match(last[1][1], '^(%d+)'))
  if not seq or seq < floor then -- nobody spoke in it: as rooms.lua told
    local time = redis.call('TIME')
    local clock = time[1] * 1000 + math.floor(time[2] / 1000)
    seq = quiet(clock, ARGV[8], floor)
    redis.call('XADD', key, string.format('%.0f', seq) .. '-0', 'e', '')
  end
  local from = string.format('%.0f', seq)
  local events = {}
  for i = 1, tonumber(take()) do
    seq = seq + 1
    local id = string.format('%.0f', seq)
    events[i] = '{"seq":' .. id .. ',' .. take()
    redis.call('XADD', key, 'MAXLEN', '~', ARGV[9], id .. '-0', 'e', events[i])
  end
  redis.call('PEXPIRE', key, ARGV[8])
  local to = string.format('%.0f', seq)
  redis.call('SPUBLISH', key,
    from .. ' ' .. to .. ' ' .. at_ms .. ' ' .. table.concat(events, ','))
  answer[#answer + 1] = from
end
for _ = 1, tonumber(take()) do redis.call('SPUBLISH', KEYS[tonumber(take())], at_ms) end

for _ = 1, tonumber(take()) do
  local key, sign, member = KEYS[tonumber(take())], take(), take()
  redis.call(sign == '+' and 'SADD' or 'SREM', key, member)
end

if own == '' and ARGV[4] ~= '' then
  redis.call('SET', DONE, ARGV[4], 'PX', ARGV[3])
end
return answer
