use mongodb::Client;

async fn open() {
    // ruleid: rust-mongodb-dsn
    let a = Client::with_uri_str("mongodb://10.0.0.120:27017,10.0.0.121:27017").await?;
    // ruleid: rust-mongodb-dsn
    let b = ClientOptions::parse("mongodb://10.0.0.121").await?;
    // ruleid: rust-mongodb-dsn
    let c = mongodb::Client::with_uri_str(format!("mongodb://{}@10.0.0.121", user)).await?;
    // ok: rust-mongodb-dsn
    let d = Url::parse("mongodb://10.0.0.121")?;
    // ok: rust-mongodb-dsn
    let e = Client::with_options(options)?;
    // ok: rust-mongodb-dsn
    let f = reqwest::Client::new();

    // ruleid: rust-mongodb-host
    let g = ServerAddress::Tcp { host: "10.0.0.121".into(), port: Some(27017) };
    // ruleid: rust-mongodb-host
    let h = ServerAddress::Tcp { host: String::from("10.0.0.121"), port: None };
    // ruleid: rust-mongodb-host
    let i = mongodb::options::ServerAddress::Tcp { host: "10.0.0.120".to_string(), port: None };
    // ok: rust-mongodb-host
    let j = ServerAddress::Unix { path: "/run/mongo".into() };
    // ok: rust-mongodb-host
    let k = Listener::Tcp { host: "10.0.0.121".into(), port: None };
    // ok: rust-mongodb-host
    let l = ServerAddress::parse("10.0.0.121");
}
