import com.datastax.oss.driver.api.core.CqlSession

class Cassandra {
    fun open() {
        // ruleid: kotlin-cassandra-host
        val a = CqlSession.builder().addContactPoint(InetSocketAddress("10.0.0.121", 9042)).build()
        // ruleid: kotlin-cassandra-host
        val b = Cluster.builder().addContactPoint("10.0.0.121")
        // ruleid: kotlin-cassandra-host
        val c = Cluster.builder().addContactPoints("10.0.0.120").withPort(9042)
        // ok: kotlin-cassandra-host
        val d = CqlSession.builder().withKeyspace("orders").build()
        // ok: kotlin-cassandra-host
        val e = InetSocketAddress("10.0.0.121", 9042)
        // ok: kotlin-cassandra-host
        val f = person.addContact("10.0.0.121")
    }
}
