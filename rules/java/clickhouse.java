import com.clickhouse.client.ClickHouseNode;

class ClickHouse {
    void open() {
        // ruleid: java-clickhouse-host
        ClickHouseNode a = ClickHouseNode.of("http://10.0.0.121:8123/orders");
        // ruleid: java-clickhouse-host
        Client b = new Client.Builder().setUsername("app").addEndpoint("http://10.0.0.121:8123").build();
        // ruleid: java-clickhouse-host
        DataSource c = new ClickHouseDataSource("jdbc:clickhouse://10.0.0.121:8123/orders");
        // ok: java-clickhouse-host
        Client d = new Client.Builder().setUsername("app").build();
        // ok: java-clickhouse-host
        Node e = RaftNode.of("http://10.0.0.121:8123");
        // ok: java-clickhouse-host
        URI f = URI.create("http://10.0.0.121:8123");
    }
}
