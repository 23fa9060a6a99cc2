fn operate() {
    // ruleid: rust-http-host
    let a = reqwest::get("http://10.0.0.121:8008/primary").await?;
    // ruleid: rust-http-host
    let b = client.get("http://10.0.0.121:8008/patroni").send().await?;
    // ruleid: rust-http-host
    let c = ureq::get("http://10.0.0.121:8008");
    // ok: rust-http-host
    let d = PgPool::connect("postgres://10.0.0.121/orders").await?;
    // ok: rust-http-host
    let e = TcpStream::connect("10.0.0.121:5432").await?;
    // ok: rust-http-host
    let f = map.get("10.0.0.121");
}
