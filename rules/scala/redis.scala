import redis.clients.jedis.Jedis

class Redis {
  // ruleid: scala-redis-host
  val a = new Jedis("10.0.0.121", 6379)
  // ruleid: scala-redis-host
  val b = RedisURI.create("10.0.0.121", 6379)
  // ruleid: scala-redis-host
  val c = new RedisClient("10.0.0.121", 6379)
  // ok: scala-redis-host
  val d = new Socket("10.0.0.121", 6379)
  // ok: scala-redis-host
  val e = new Person("10.0.0.121", 1)
  // ok: scala-redis-host
  val f = new Jedis()

  // ruleid: scala-redis-dsn
  val g = Redis[IO].utf8("redis://10.0.0.121")
  // ruleid: scala-redis-dsn
  val h = RedisClient.create("redis://10.0.0.121:6379")
  // ruleid: scala-redis-dsn
  val i = new Jedis("redis://10.0.0.121")
  // ok: scala-redis-dsn
  val j = RedisClient.create()
  // ok: scala-redis-dsn
  val k = URI.create("http://10.0.0.121")
  // ok: scala-redis-dsn
  val l = new Person("redis://10.0.0.121")
}
