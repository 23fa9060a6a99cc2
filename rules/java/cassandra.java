import com.datastax.oss.driver.api.core.CqlSession;

class Cassandra {
    void open() {
        // ruleid: java-cassandra-host
        Cluster a = Cluster.builder().addContactPoint("10.0.0.121").build();
        // ruleid: java-cassandra-host
        Cluster b = Cluster.builder().addContactPoints("10.0.0.120").withPort(9042).build();
        // ruleid: java-cassandra-host
        CqlSession c = CqlSession.builder().addContactPoint(new InetSocketAddress("10.0.0.121", 9042)).build();
        // ok: java-cassandra-host
        CqlSession d = CqlSession.builder().withKeyspace("orders").build();
        // ok: java-cassandra-host
        InetSocketAddress e = new InetSocketAddress("10.0.0.121", 9042);
        // ok: java-cassandra-host
        Person f = new Person().addContact("10.0.0.121");
    }
}
