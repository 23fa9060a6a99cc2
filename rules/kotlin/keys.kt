object Keys {
    // ruleid: kotlin-keys-assignment
    const val DB_HOST = "10.0.0.121"
    // ok: kotlin-keys-assignment
    const val TITLE = "10.0.0.121"

    fun configure() {
        // ruleid: kotlin-keys-assignment
        var databaseHost = "10.0.0.121"
        // ok: kotlin-keys-assignment
        val dbHost = findHost()
        // ruleid: kotlin-keys-arguments, kotlin-keys-argument
        use(DatabaseConfig(host = "10.0.0.121", port = 5432))
        // ruleid: kotlin-keys-pair
        use(mapOf("DB_HOST" to "10.0.0.121"))
        // ruleid: kotlin-keys-pair
        properties.setProperty("db.host", "10.0.0.121")
        // ruleid: kotlin-keys-lookup
        use(System.getenv("DB_HOST") ?: "10.0.0.121")
        // ruleid: kotlin-keys-lookup
        use(getEnvVar("VAULT_JDBC_URL", "jdbc:postgresql://10.0.0.121/vault"))
        // ok: kotlin-keys-arguments, kotlin-keys-argument
        use(Size(width = 1))
        // ok: kotlin-keys-pair
        use(mapOf("TITLE" to "10.0.0.121"))
        // ok: kotlin-keys-lookup
        use(System.getenv("TITLE") ?: "10.0.0.121")
    }
}

// ruleid: kotlin-keys-class, kotlin-keys-parameter
data class DatabaseConfig(val host: String = "10.0.0.121", val port: Int = 5432)

// ruleid: kotlin-keys-class, kotlin-keys-parameter
class Cache(var redisHost: String = "10.0.0.121")

// ruleid: kotlin-keys-class, kotlin-keys-parameter
class Search(private val url: String = "http://10.0.0.121:9200")

// ok: kotlin-keys-class, kotlin-keys-parameter
class Title(val name: String = "10.0.0.121")

// ok: kotlin-keys-class, kotlin-keys-parameter
class Plain(val host: String)

// ok: kotlin-keys-class, kotlin-keys-parameter
class Empty

class Injected(
    // ruleid: kotlin-keys-placeholder
    @Value("\${db.host:10.0.0.121}") val first: String,
    // ruleid: kotlin-keys-placeholder
    @Value("jdbc:postgresql://\${db.host:10.0.0.121}/orders") val second: String,
    // ruleid: kotlin-keys-placeholder
    @param:Value("\${redis.host:10.0.0.121}") val third: String,
    // ok: kotlin-keys-placeholder
    @Value("\${db.host}") val fourth: String,
    // ok: kotlin-keys-placeholder
    @Value("10.0.0.121") val fifth: String,
    // ok: kotlin-keys-placeholder
    @Named("\${db.host:10.0.0.121}") val sixth: String,
)
