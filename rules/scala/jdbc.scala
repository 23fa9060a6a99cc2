import slick.jdbc.PostgresProfile.api._

class Jdbc {
  // ruleid: scala-jdbc-dsn
  val a = Database.forURL("jdbc:postgresql://10.0.0.121/orders", driver = "org.postgresql.Driver")
  // ruleid: scala-jdbc-dsn
  val b = Transactor.fromDriverManager[IO]("org.postgresql.Driver", "jdbc:postgresql://10.0.0.121/orders", "app", "x")
  // ruleid: scala-jdbc-dsn
  val c = spark.read.jdbc("jdbc:mysql://10.0.0.121/orders", "lines", properties)
  // ok: scala-jdbc-dsn
  val d = Database.forConfig("orders")
  // ok: scala-jdbc-dsn
  val e = new URI("http://10.0.0.121")
  // ok: scala-jdbc-dsn
  val f = spark.read.parquet("orders")
}
