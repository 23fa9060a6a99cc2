<?php
// ruleid: php-mongodb-dsn
$a = new MongoDB\Client('mongodb://10.0.0.120:27017,10.0.0.121:27017/?replicaSet=rs0');
// ruleid: php-mongodb-dsn
$b = new \MongoDB\Driver\Manager("mongodb://{$user}@10.0.0.121:27017");
// ruleid: php-mongodb-dsn
$c = new MongoClient('10.0.0.121:27017');
// ok: php-mongodb-dsn
$d = new GuzzleHttp\Client('http://10.0.0.121:8080');
// ok: php-mongodb-dsn
$e = new Mongo();
// ok: php-mongodb-dsn
$f = parse_url('mongodb.internal');
