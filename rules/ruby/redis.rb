require 'redis'

# ruleid: ruby-redis-host
a = Redis.new(host: "10.0.0.121", port: 6379, db: 1)
# ruleid: ruby-redis-host
b = Redis.new(:host => "10.0.0.121")
# ruleid: ruby-redis-host
c = Redis.new(cluster: ["redis://10.0.0.120:6379", "redis://10.0.0.121:6379"])
# ok: ruby-redis-host
d = Redis.new
# ok: ruby-redis-host
e = Net::SSH.start("10.0.0.121", "root")
# ok: ruby-redis-host
f = Bunny.new(host: "10.0.0.121")

# ruleid: ruby-redis-dsn
g = Redis.new(url: "redis://10.0.0.121:6379/0")
# ruleid: ruby-redis-dsn
h = RedisClient.config(url: "redis://:#{secret}@10.0.0.121")
# ruleid: ruby-redis-dsn
i = Redis.new(url: ENV.fetch("REDIS_URL", "redis://10.0.0.121:6379"))
# ok: ruby-redis-dsn
j = Faraday.new(url: "http://10.0.0.121")
# ok: ruby-redis-dsn
k = Redis.new(db: 1)
# ok: ruby-redis-dsn
l = URI("redis://10.0.0.121")
