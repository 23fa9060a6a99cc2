use redis::Commands;

fn open() {
    // ruleid: rust-redis-dsn
    let a = redis::Client::open("redis://10.0.0.121/")?;
    // ruleid: rust-redis-dsn
    let b = RedisConnectionManager::new("redis://:secret@10.0.0.121:6379")?;
    // ruleid: rust-redis-dsn
    let c = redis::Client::open(format!("redis://{}:{}", "10.0.0.121", 6379))?;
    // ok: rust-redis-dsn
    let d = File::open("10.0.0.121")?;
    // ok: rust-redis-dsn
    let e = Url::parse("redis://10.0.0.121")?;
    // ok: rust-redis-dsn
    let f = http::Client::new("10.0.0.121");

    // ruleid: rust-redis-nodes
    let g = ClusterClient::new(vec!["redis://10.0.0.120:6379", "redis://10.0.0.121:6379"])?;
    // ruleid: rust-redis-nodes
    let h = ClusterClientBuilder::new(vec!["redis://10.0.0.121"]).build()?;
    // ruleid: rust-redis-nodes
    let i = redis::cluster::ClusterClient::new(nodes);
    // ok: rust-redis-nodes
    let j = RaftClient::new(vec!["10.0.0.121:6379"]);
    // ok: rust-redis-nodes
    // ruleid: rust-redis-dsn
    let k = redis::Client::open("redis://10.0.0.121/")?;
    // ok: rust-redis-nodes
    let l = vec!["10.0.0.121:6379"];

    // ruleid: rust-redis-host
    let m = ConnectionAddr::Tcp("10.0.0.121".to_string(), 6379);
    // ruleid: rust-redis-host
    let n = redis::ConnectionAddr::Tcp("10.0.0.121".into(), 6379);
    // ruleid: rust-redis-host
    let o = Server::new_centralized("10.0.0.121", 6379);
    // ok: rust-redis-host
    let p = ConnectionAddr::Unix("/run/redis".into());
    // ok: rust-redis-host
    let q = Server::new("10.0.0.121", 6379);
    // ok: rust-redis-host
    let r = SocketAddr::Tcp("10.0.0.121", 6379);
}
