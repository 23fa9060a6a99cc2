object Dsn {
    // ruleid: kotlin-dsn-string
    const val FIXED = "jdbc:postgresql://10.0.0.121:5432/orders"

    fun strings(password: String, name: String) {
        // ruleid: kotlin-dsn-string
        use("jdbc:postgresql://10.0.0.121/$name")
        // ruleid: kotlin-dsn-string
        use("""Server=10.0.0.121;Database=orders""")
        // ruleid: kotlin-dsn-string, kotlin-dsn-concatenation
        use("mongodb://app:" + password + "@10.0.0.121:27017")
        // ruleid: kotlin-dsn-string
        use("jdbc:oracle:thin:@10.0.0.121:1521:ORCL")
        // ok: kotlin-dsn-string, kotlin-dsn-concatenation
        use("orders" + password)
        // ok: kotlin-dsn-string
        use("hello $name")
        // ok: kotlin-dsn-concatenation
        use(1 + 2)
    }
}
