use elasticsearch::http::transport::Transport;

fn open() {
    // ruleid: rust-elasticsearch-host
    let a = Elasticsearch::new(Transport::single_node("http://10.0.0.121:9200")?);
    // ruleid: rust-elasticsearch-host
    let b = SingleNodeConnectionPool::new(Url::parse("http://10.0.0.121:9200")?);
    const NODE: &str = "http://10.0.0.121:9200";
    // ruleid: rust-elasticsearch-host
    let c = Transport::single_node(NODE)?;
    // ok: rust-elasticsearch-host
    let d = Url::parse("http://10.0.0.121:9200")?;
    // ok: rust-elasticsearch-host
    let e = reqwest::get("http://10.0.0.121:9200").await?;
    // ok: rust-elasticsearch-host
    let f = Transport::cloud("orders", credentials)?;
}
