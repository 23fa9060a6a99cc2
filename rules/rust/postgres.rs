use sqlx::postgres::PgPoolOptions;

const URL: &str = "postgres://app@10.0.0.121/orders";

async fn open() {
    // ruleid: rust-postgres-dsn
    let a = PgPoolOptions::new().max_connections(5).connect("postgres://app@10.0.0.121/orders").await?;
    // ruleid: rust-postgres-dsn
    let b = tokio_postgres::connect("host=10.0.0.121 user=app", NoTls).await?;
    // ruleid: rust-postgres-dsn
    let c = PgConnection::establish(URL);
    // ok: rust-postgres-dsn
    let d = TcpStream::connect("10.0.0.121:5432").await?;
    // ok: rust-postgres-dsn
    let e = PgPoolOptions::new().max_connections(5);
    // ok: rust-postgres-dsn
    let f = reqwest::get("http://10.0.0.121").await?;

    // ruleid: rust-postgres-host
    let g = PgConnectOptions::new().host("10.0.0.121").port(5432);
    // ruleid: rust-postgres-host
    let h = PgConnectOptions::new().username("app").host("10.0.0.121");
    // ruleid: rust-postgres-host
    let i = tokio_postgres::Config::new().user("app").host("10.0.0.121");
    let mut dead = deadpool_postgres::Config::new();
    // ruleid: rust-postgres-host
    dead.host = Some("10.0.0.121".to_string());
    // ok: rust-postgres-host
    let rocket = rocket::Config { host: "10.0.0.121", ..Default::default() };
    // ok: rust-postgres-host
    dead.dbname = Some("10.0.0.121".to_string());
    // ok: rust-postgres-host
    let j = Mailer::new().host("10.0.0.121");
    // ok: rust-postgres-host
    let k = PgConnectOptions::new().port(5432);
    // ok: rust-postgres-host
    let l = url.host("10.0.0.121");

    let mut config = tokio_postgres::Config::new();
    // ruleid: rust-postgres-config, rust-postgres-host
    config.host("10.0.0.121");
    // ruleid: rust-postgres-config
    config.host("10.0.0.122").port(5432);
    let mut server = tiberius::Config::new();
    // ruleid: rust-postgres-config
    server.host("10.0.0.121");
    // ok: rust-postgres-config
    config.user("app");
    // ok: rust-postgres-config
    mailer.host("10.0.0.121");
    // ok: rust-postgres-config
    config.dbname("10.0.0.121");
}
