class Operations {
    fun operate() {
        // ruleid: kotlin-http-host
        val a = client.get("http://10.0.0.121:8008/primary")
        // ruleid: kotlin-http-host
        val b = jsch.getSession("root", "10.0.0.121", 22)
        // ruleid: kotlin-http-host
        val c = WebClient.create("http://10.0.0.121:8008")
        // ok: kotlin-http-host
        val d = Jedis("10.0.0.121", 6379)
        // ok: kotlin-http-host
        val e = Socket("10.0.0.121", 5432)
        // ok: kotlin-http-host
        val f = "http://10.0.0.121:8008"
    }
}
