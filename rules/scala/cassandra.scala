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

  // ruleid: scala-cassandra-spark
  conf.set("spark.cassandra.connection.host", "10.0.0.120,10.0.0.121")
  // ruleid: scala-cassandra-spark
  val g = SparkSession.builder().config("spark.cassandra.connection.host", "10.0.0.121").getOrCreate()
  // ruleid: scala-cassandra-spark
  val h = new SparkConf().set("spark.cassandra.connection.host", "10.0.0.121")
  // ok: scala-cassandra-spark
  conf.set("spark.cassandra.auth.username", "app")
  // ok: scala-cassandra-spark
  conf.set("spark.master", "10.0.0.121")
  // ok: scala-cassandra-spark
  conf.get("spark.cassandra.connection.host")
}
