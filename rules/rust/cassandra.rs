use scylla::SessionBuilder;

async fn open() {
    // ruleid: rust-cassandra-host
    let a = SessionBuilder::new().known_node("10.0.0.121:9042").build().await?;
    // ruleid: rust-cassandra-host
    let b = SessionBuilder::new().known_nodes(&["10.0.0.120", "10.0.0.121"]).build().await?;
    // ruleid: rust-cassandra-host
    let c = NodeTcpConfigBuilder::new().with_contact_point("10.0.0.121:9042".into());
    // ok: rust-cassandra-host
    let d = SessionBuilder::new().compression(None);
    // ok: rust-cassandra-host
    let e = TcpStream::connect("10.0.0.121:9042").await?;
    // ok: rust-cassandra-host
    let f = graph.node("10.0.0.121");
}
