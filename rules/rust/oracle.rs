fn open() {
    // ruleid: rust-oracle-dsn
    let a = oracle::Connection::connect("app", password, "//10.0.0.121:1521/ORCL")?;
    // ruleid: rust-oracle-dsn
    let b = Connection::connect(user, password, "10.0.0.121/ORCL")?;
    // ruleid: rust-oracle-dsn
    let c = oracle::Connector::new("app", password, "//10.0.0.121/ORCL").connect()?;
    // ok: rust-oracle-dsn
    let d = Connection::open("orders.db")?;
    // ok: rust-oracle-dsn
    let e = TcpStream::connect("10.0.0.121:1521")?;
    // ok: rust-oracle-dsn
    let f = Mailer::connect("app", password, "10.0.0.121")?;
}
