import org.mongodb.scala.MongoClient

class Mongo {
  // ruleid: scala-mongodb-dsn
  val a = MongoClient("mongodb://10.0.0.120:27017,10.0.0.121:27017")
  // ruleid: scala-mongodb-dsn
  val b = MongoClients.create("mongodb://10.0.0.121")
  // ruleid: scala-mongodb-dsn
  val c = MongoConnection.fromString(s"mongodb://$user@10.0.0.121")
  // ok: scala-mongodb-dsn
  val d = new URI("mongodb://10.0.0.121")
  // ok: scala-mongodb-dsn
  val e = MongoClient()
  // ok: scala-mongodb-dsn
  val f = WebClient("http://10.0.0.121")

  // ruleid: scala-mongodb-host
  val g = new MongoClient(new ServerAddress("10.0.0.121", 27017))
  // ruleid: scala-mongodb-host
  val h = ServerAddress("10.0.0.121")
  // ruleid: scala-mongodb-host
  val i = List(new ServerAddress("10.0.0.120"))
  // ok: scala-mongodb-host
  val j = new InetAddress("10.0.0.121")
  // ok: scala-mongodb-host
  val k = new MailAddress("10.0.0.121", 25)
  // ok: scala-mongodb-host
  val l = new MongoClient()
}
