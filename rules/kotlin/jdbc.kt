import org.jetbrains.exposed.sql.Database

class Jdbc {
    fun open(name: String) {
        // ruleid: kotlin-jdbc-dsn
        Database.connect("jdbc:postgresql://10.0.0.121:5432/orders", driver = "org.postgresql.Driver")
        // ruleid: kotlin-jdbc-dsn
        config.jdbcUrl = "jdbc:postgresql://10.0.0.121/$name"
        // ruleid: kotlin-jdbc-dsn
        val a = DriverManager.getConnection("jdbc:mysql://10.0.0.121/orders")
        // ok: kotlin-jdbc-dsn
        config.maximumPoolSize = 10
        // ok: kotlin-jdbc-dsn
        val b = WebClient("http://10.0.0.121")
        // ok: kotlin-jdbc-dsn
        val c = "jdbc:postgresql://10.0.0.121/orders"

        // ruleid: kotlin-jdbc-host
        source.serverName = "10.0.0.121"
        // ruleid: kotlin-jdbc-host
        val d = PgConnectOptions().setPort(5432).setHost("10.0.0.121")
        // ruleid: kotlin-jdbc-host
        source.setServerNames(arrayOf("10.0.0.120", "10.0.0.121"))
        val f = PGSimpleDataSource().apply {
            // ruleid: kotlin-jdbc-host
            serverNames = arrayOf("10.0.0.121")
        }
        // ok: kotlin-jdbc-host
        source.databaseName = "orders"
        // ok: kotlin-jdbc-host
        mail.setHost("10.0.0.121")
        // ok: kotlin-jdbc-host
        val e = Socket("10.0.0.121", 5432)
    }
}
