import io.lettuce.core.RedisClient;
import redis.clients.jedis.HostAndPort;

class Redis {
    static final String HOST = "10.0.0.121";

    void open() {
        // ruleid: java-redis-host
        Jedis a = new Jedis("10.0.0.121", 6379);
        // ruleid: java-redis-host
        JedisPool b = new JedisPool(poolConfig, HOST, 6379, 2000);
        // ruleid: java-redis-host
        JedisCluster c = new JedisCluster(new HostAndPort("10.0.0.120", 6379));
        // ruleid: java-redis-host
        RedisURI d = RedisURI.Builder.redis("10.0.0.121", 6379).build();
        RedisStandaloneConfiguration config = new RedisStandaloneConfiguration();
        // ruleid: java-redis-host
        config.setHostName("10.0.0.121");
        // ok: java-redis-host
        config.setDatabase(1);
        // ok: java-redis-host
        Socket e = new Socket("10.0.0.121", 6379);
        // ok: java-redis-host
        mail.setHostName("10.0.0.121");

        // ruleid: java-redis-nodes
        redisson.useSingleServer().setAddress("redis://10.0.0.121:6379");
        // ruleid: java-redis-nodes
        redisson.useClusterServers().setScanInterval(9).addNodeAddress("redis://10.0.0.120:6379");
        // ruleid: java-redis-nodes
        redisson.useMasterSlaveServers().setMasterAddress("redis://10.0.0.121:6379");
        // ok: java-redis-nodes
        redisson.useSingleServer().setPassword("secret");
        // ok: java-redis-nodes
        mail.setAddress("10.0.0.121");
        // ok: java-redis-nodes
        customer.useAddress("10.0.0.121");

        // ruleid: java-redis-dsn
        RedisClient f = RedisClient.create("redis://10.0.0.121:6379/0");
        // ruleid: java-redis-dsn
        Jedis g = new Jedis("redis://:secret@10.0.0.121:6379");
        // ruleid: java-redis-dsn
        RedisURI h = RedisURI.create("redis://10.0.0.121");
        // ok: java-redis-dsn
        RedisClient i = RedisClient.create();
        // ok: java-redis-dsn
        URI j = URI.create("http://10.0.0.121:8080");
        // ok: java-redis-dsn
        Mail k = new Mail("10.0.0.121");
    }
}
