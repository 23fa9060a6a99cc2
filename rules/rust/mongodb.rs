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
}
