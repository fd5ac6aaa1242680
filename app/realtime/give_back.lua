-- Count one less, as long as the window lasts.
-- KEYS: counter
if tonumber(redis.call('GET', KEYS[1]) or '0') > 0 then
  redis.call('DECR', KEYS[1])
end
