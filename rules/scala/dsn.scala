object Dsn {
  // ruleid: scala-dsn-string
  val fixed = "jdbc:postgresql://10.0.0.121:5432/orders"
  // ruleid: scala-dsn-template, scala-dsn-string
  val url = s"jdbc:postgresql://10.0.0.121/$name"
  // ruleid: scala-dsn-string, scala-dsn-concatenation
  val joined = "mongodb://app:" + password + "@10.0.0.121:27017"
  // ruleid: scala-dsn-string
  val thin = "jdbc:oracle:thin:@10.0.0.121:1521:ORCL"
  // ok: scala-dsn-string, scala-dsn-template, scala-dsn-concatenation
  val other = "orders" + suffix
  // ok: scala-dsn-template
  val hello = s"hello $name"
}
