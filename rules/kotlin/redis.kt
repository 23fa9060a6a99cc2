import io.lettuce.core.RedisClient

class Redis {
    fun open() {
        // ruleid: kotlin-redis-host
        val a = Jedis("10.0.0.121", 6379)
        // ruleid: kotlin-redis-host
        val b = RedisURI.create("10.0.0.121", 6379)
        // ruleid: kotlin-redis-host
        config.useSingleServer().setAddress("redis://10.0.0.121:6379")
        // ok: kotlin-redis-host
        val c = Socket("10.0.0.121", 6379)
        // ok: kotlin-redis-host
        config.useSingleServer().setPassword("secret")
        // ok: kotlin-redis-host
        val d = Person("10.0.0.121", 1)

        // ruleid: kotlin-redis-dsn
        val e = RedisClient.create("redis://10.0.0.121:6379/0")
        // ruleid: kotlin-redis-dsn
        val f = Jedis("redis://:secret@10.0.0.121")
        // ruleid: kotlin-redis-dsn
        val g = RedisURI.create("redis://10.0.0.121")
        // ok: kotlin-redis-dsn
        val h = RedisClient.create()
        // ok: kotlin-redis-dsn
        val i = URI.create("http://10.0.0.121")
        // ok: kotlin-redis-dsn
        val j = Person("10.0.0.121")
    }
}
