class Operations {
  // ruleid: scala-http-host
  val a = Source.fromURL("http://10.0.0.121:8008/primary")
  // ruleid: scala-http-host
  val b = jsch.getSession("root", "10.0.0.121", 22)
  // ruleid: scala-http-host
  val c = requests.get("http://10.0.0.121:8008/patroni")
  // ok: scala-http-host
  val d = new Jedis("10.0.0.121", 6379)
  // ok: scala-http-host
  val e = new Socket("10.0.0.121", 5432)
  // ok: scala-http-host
  val f = "http://10.0.0.121:8008"
}
