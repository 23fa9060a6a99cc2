use clickhouse::Client;

fn open() {
    // ruleid: rust-clickhouse-host
    let a = Client::default().with_url("http://10.0.0.121:8123").with_database("orders");
    // ruleid: rust-clickhouse-host
    let b = clickhouse::Client::default().with_user("app").with_url("http://10.0.0.121:8123");
    // ruleid: rust-clickhouse-host
    let c = clickhouse_rs::Pool::new("tcp://10.0.0.121:9000/orders");
    // ok: rust-clickhouse-host
    let d = Client::default().with_database("orders");
    // ok: rust-clickhouse-host
    let e = Page::default().url("http://10.0.0.121:8123");
    // ok: rust-clickhouse-host
    let f = Url::parse("http://10.0.0.121:8123")?;
}
