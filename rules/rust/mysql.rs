use mysql_async::Pool;

async fn open(password: &str) {
    // ruleid: rust-mysql-dsn
    let a = mysql::Pool::new("mysql://app@10.0.0.121:3306/orders");
    // ruleid: rust-mysql-dsn
    let b = MySqlPoolOptions::new().connect("mysql://app@10.0.0.121/orders").await?;
    // ruleid: rust-mysql-dsn
    let c = Opts::from_url("mysql://10.0.0.121");
    // ok: rust-mysql-dsn
    let d = ThreadPool::new("10.0.0.121");
    // ok: rust-mysql-dsn
    let e = Url::parse("mysql://10.0.0.121");
    // ok: rust-mysql-dsn
    let f = MySqlPoolOptions::new().max_connections(1);

    // ruleid: rust-mysql-host
    let g = OptsBuilder::new().ip_or_hostname(Some("10.0.0.121")).tcp_port(3306);
    // ruleid: rust-mysql-host
    let h = OptsBuilder::default().user(Some("app")).ip_or_hostname("10.0.0.121");
    // ruleid: rust-mysql-host
    let i = MySqlConnectOptions::new().host("10.0.0.121");
    // ok: rust-mysql-host
    let j = OptsBuilder::new().tcp_port(3306);
    // ok: rust-mysql-host
    let k = Mailer::new().host("10.0.0.121");
    // ok: rust-mysql-host
    let l = url.host("10.0.0.121");
    // ruleid: rust-mysql-host
    let x = mysql::OptsBuilder::new().user(Some("app")).ip_or_hostname(Some("10.0.0.121"));
    // ok: rust-mysql-host
    let y = smtp::OptsBuilder::new().hostname(Some("10.0.0.121"));
}
