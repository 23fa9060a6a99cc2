package app

fun open() {
    // ruleid: kotlin-clickhouse-host
    val a = ClickHouseNode.of("http://10.0.0.121:8123/orders")
    // ruleid: kotlin-clickhouse-host
    val b = ClickHouseNode.builder().host("10.0.0.121").build()
    // ruleid: kotlin-clickhouse-host
    val c = Client.Builder().addEndpoint("http://10.0.0.121:8123").build()
    // ok: kotlin-clickhouse-host
    val d = ClickHouseNode.builder().build()
    // ok: kotlin-clickhouse-host
    val e = Mailer.builder().host("10.0.0.121").build()
    // ok: kotlin-clickhouse-host
    val f = Client.Builder().setUsername("app").build()
}
