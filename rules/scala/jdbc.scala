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

  // ruleid: scala-jdbc-host
  source.setServerName("10.0.0.121")
  // ruleid: scala-jdbc-host
  source.setServerNames(Array("10.0.0.120", "10.0.0.121"))
  // ruleid: scala-jdbc-host
  val g = Session.single[IO](host = "10.0.0.121", port = 5432, user = "app")
  // ok: scala-jdbc-host
  source.setDatabaseName("10.0.0.121")
  // ok: scala-jdbc-host
  val h = Session.open("10.0.0.121")
  // ok: scala-jdbc-host
  val i = new Socket("10.0.0.121", 5432)
}
