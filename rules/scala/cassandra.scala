import com.datastax.oss.driver.api.core.CqlSession

class Cassandra {
  // ruleid: scala-cassandra-host
  val a = CqlSession.builder().addContactPoint(new InetSocketAddress("10.0.0.121", 9042)).build()
  // ruleid: scala-cassandra-host
  val b = Cluster.builder().addContactPoint("10.0.0.121").build()
  // ruleid: scala-cassandra-host
  val c = ContactPoint("10.0.0.121", 9042)
  // ok: scala-cassandra-host
  val d = CqlSession.builder().withKeyspace("orders").build()
  // ok: scala-cassandra-host
  val e = new InetSocketAddress("10.0.0.121", 9042)
  // ok: scala-cassandra-host
  val f = person.addContact("10.0.0.121")
}
