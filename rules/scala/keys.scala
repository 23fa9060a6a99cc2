object Keys {
  // ruleid: scala-keys-assignment
  val DbHost = "10.0.0.121"
  // ok: scala-keys-assignment
  val Title = "10.0.0.121"
  // ok: scala-keys-assignment
  val dbHost = findHost()

  def configure(): Unit = {
    // ruleid: scala-keys-arguments, scala-keys-argument, scala-keys-assignment
    use(DatabaseConfig(host = "10.0.0.121", port = 5432))
    // ruleid: scala-keys-pair
    use(Map("DB_HOST" -> "10.0.0.121"))
    // ruleid: scala-keys-pair
    spark.conf.set("spark.cassandra.connection.host", "10.0.0.121")
    // ruleid: scala-keys-lookup
    use(sys.env.getOrElse("DB_HOST", "10.0.0.121"))
    // ruleid: scala-keys-lookup
    use(Option(System.getenv("DB_HOST")).getOrElse("10.0.0.121"))
    // ok: scala-keys-arguments, scala-keys-argument
    use(Size(width = 1))
    // ok: scala-keys-pair
    use(Map("TITLE" -> "10.0.0.121"))
    // ok: scala-keys-lookup
    use(sys.env.getOrElse("TITLE", "10.0.0.121"))
  }
}

// ruleid: scala-keys-class, scala-keys-parameter
case class DatabaseConfig(host: String = "10.0.0.121", name: String = "orders")

// ruleid: scala-keys-class, scala-keys-parameter
class Cache(redisHost: String = "10.0.0.121")

// ruleid: scala-keys-class, scala-keys-parameter
final case class Search(url: String = "http://10.0.0.121:9200")

// ok: scala-keys-class, scala-keys-parameter
class Title(name: String = "10.0.0.121")

// ok: scala-keys-class, scala-keys-parameter
class Plain(host: String)

// ok: scala-keys-class, scala-keys-parameter
class Empty
