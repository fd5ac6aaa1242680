-- Take a slot for a connection of a player and of an address, or say which is full.
-- Slots of an instance whose beat has stopped are free.
-- KEYS: slots of the player, slots of the address, beats of the instances
-- ARGV: slot (<boot>|<instance>|<sid>), player_max, address_max (0: no bound), ttl_ms
-- Returns 0 when taken, else which is full: 1 the player, 2 the address
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local alive = {}

local function lives(boot)
  if alive[boot] == nil then
    local until_ms = redis.call('ZSCORE', KEYS[3], boot)
    alive[boot] = until_ms and tonumber(until_ms) > now or false
  end
  return alive[boot]
end

local function taken(key)
  local count = 0
  for _, slot in ipairs(redis.call('SMEMBERS', key)) do
    if lives(string.match(slot, '^[^|]+')) then
      count = count + 1
    else
      redis.call('SREM', key, slot)
    end
  end
  return count
end

local address_max = tonumber(ARGV[3])
if taken(KEYS[1]) >= tonumber(ARGV[2]) then return 1 end
if address_max > 0 and taken(KEYS[2]) >= address_max then return 2 end
redis.call('SADD', KEYS[1], ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[4])
if address_max > 0 then
  redis.call('SADD', KEYS[2], ARGV[1])
  redis.call('PEXPIRE', KEYS[2], ARGV[4])
end
return 0
