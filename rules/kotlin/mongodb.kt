import com.mongodb.kotlin.client.coroutine.MongoClient

class Mongo {
    fun open(user: String) {
        // ruleid: kotlin-mongodb-dsn
        val a = MongoClient.create("mongodb://10.0.0.120:27017,10.0.0.121:27017")
        // ruleid: kotlin-mongodb-dsn
        val b = KMongo.createClient("mongodb://$user@10.0.0.121")
        // ruleid: kotlin-mongodb-dsn
        val c = ConnectionString("mongodb://10.0.0.121/orders")
        // ok: kotlin-mongodb-dsn
        val d = URI("mongodb://10.0.0.121")
        // ok: kotlin-mongodb-dsn
        val e = MongoClient.create()
        // ok: kotlin-mongodb-dsn
        val f = WebClient.create("http://10.0.0.121")

        // ruleid: kotlin-mongodb-host
        val g = ServerAddress("10.0.0.121", 27017)
        // ruleid: kotlin-mongodb-host
        val h = listOf(ServerAddress("10.0.0.120"))
        // ruleid: kotlin-mongodb-host
        val i = MongoClient("10.0.0.121", 27017)
        // ok: kotlin-mongodb-host
        val j = InetSocketAddress("10.0.0.121", 27017)
        // ok: kotlin-mongodb-host
        val k = Socket("10.0.0.121", 27017)
        // ok: kotlin-mongodb-host
        val l = Address("10.0.0.121")
    }
}
