import org.apache.http.HttpHost

class Search {
    fun open() {
        // ruleid: kotlin-elasticsearch-host
        val a = RestClient.builder(HttpHost("10.0.0.121", 9200, "http")).build()
        // ruleid: kotlin-elasticsearch-host
        val b = RestClient.builder(HttpHost.create("http://10.0.0.121:9200"))
        // ruleid: kotlin-elasticsearch-host
        val c = ClientConfiguration.builder().connectedTo("10.0.0.121:9200").build()
        // ruleid: kotlin-elasticsearch-host
        val g = HttpHost("10.0.0.121", 9200, "http")
        // ok: kotlin-elasticsearch-host
        val d = HttpHost("10.0.0.121", 8080)
        // ok: kotlin-elasticsearch-host
        val e = Socket("10.0.0.121", 9200)
        // ok: kotlin-elasticsearch-host
        val f = URI("http://10.0.0.121:9200")
    }
}
