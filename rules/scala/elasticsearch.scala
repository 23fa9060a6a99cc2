import com.sksamuel.elastic4s.ElasticClient

class Search {
  // ruleid: scala-elasticsearch-host
  val a = ElasticClient(JavaClient(ElasticProperties("http://10.0.0.121:9200")))
  // ruleid: scala-elasticsearch-host
  val b = ElasticNodeEndpoint("http", "10.0.0.121", 9200, None)
  // ruleid: scala-elasticsearch-host
  val c = RestClient.builder(new HttpHost("10.0.0.121", 9200))
  // ok: scala-elasticsearch-host
  val d = new HttpHost("10.0.0.121", 8080)
  // ok: scala-elasticsearch-host
  val e = new URI("http://10.0.0.121:9200")
  // ok: scala-elasticsearch-host
  val f = new Socket("10.0.0.121", 9200)

  // ruleid: scala-elasticsearch-spark
  conf.set("es.nodes", "10.0.0.121")
  // ruleid: scala-elasticsearch-spark
  val g = frame.write.format("es").option("es.nodes", "10.0.0.121").save("orders")
  // ruleid: scala-elasticsearch-spark
  val h = SparkSession.builder().config("es.nodes", "10.0.0.120,10.0.0.121").getOrCreate()
  // ok: scala-elasticsearch-spark
  conf.set("es.port", "9200")
  // ok: scala-elasticsearch-spark
  conf.set("nodes", "10.0.0.121")
  // ok: scala-elasticsearch-spark
  conf.get("es.nodes")
}
