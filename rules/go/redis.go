package main

import "github.com/redis/go-redis/v9"

const cache = "10.0.0.121:6379"

func open() {
	// ruleid: go-redis-host
	a := redis.NewClient(&redis.Options{Addr: "10.0.0.121:6379", DB: 1})
	// ruleid: go-redis-host
	b := redis.NewClusterClient(&redis.ClusterOptions{Addrs: []string{"10.0.0.120:6379", "10.0.0.121:6379"}})
	// ruleid: go-redis-host
	c := redis.NewClient(&redis.Options{Addr: getEnv("REDIS_ADDR", "10.0.0.121:6379")})
	// ruleid: go-redis-host
	d, err := redis.Dial("tcp", "10.0.0.121:6379")
	// ruleid: go-redis-host
	e := asynq.NewClient(asynq.RedisClientOpt{Addr: cache})
	// ok: go-redis-host
	f, err := net.Dial("tcp", "10.0.0.121:6379")
	// ok: go-redis-host
	g := redis.NewClient(&redis.Options{Network: "unix"})
	// ok: go-redis-host
	web := http.Server{Addr: "10.0.0.121:8080"}

	// ruleid: go-redis-sentinel
	h := redis.NewFailoverClient(&redis.FailoverOptions{MasterName: "m", SentinelAddrs: []string{"10.0.0.120:26379"}})
	// ruleid: go-redis-sentinel
	h1 := redis.NewFailoverClusterClient(&redis.FailoverOptions{SentinelAddrs: []string{"10.0.0.120:26379", "10.0.0.121:26379"}})
	// ruleid: go-redis-sentinel
	h2 := redis.NewSentinelClient(&redis.Options{Addr: "10.0.0.120:26379"})
	// ok: go-redis-sentinel
	h3 := redis.NewSentinelPool("10.0.0.120:26379")
	// ok: go-redis-sentinel
	h4 := mail.NewSentinelClient(&mail.Options{Addr: "10.0.0.120:25"})
	// ok: go-redis-sentinel
	i := redis.NewFailoverClient(&redis.FailoverOptions{MasterName: "m"})

	// ruleid: go-redis-dsn
	j, err := redis.ParseURL("redis://:secret@10.0.0.121:6379/0")
	// ruleid: go-redis-dsn
	k, err := redis.DialURL("redis://10.0.0.121")
	// ruleid: go-redis-dsn
	l, err := asynq.ParseRedisURI("redis://10.0.0.121:6379")
	// ok: go-redis-dsn
	m, err := url.Parse("redis://10.0.0.121")
	// ok: go-redis-dsn
	n, err := redis.Parse("10.0.0.121")
	// ok: go-redis-dsn
	o := redis.URL("redis.io")
}
