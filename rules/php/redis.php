<?php
// ruleid: php-redis-host
$a = new Predis\Client(['scheme' => 'tcp', 'host' => '10.0.0.121', 'port' => 6379]);
// ruleid: php-redis-host
$b = new Predis\Client('tcp://10.0.0.121:6379');
// ruleid: php-redis-host
$c = new RedisCluster(null, ['10.0.0.120:6379', '10.0.0.121:6379']);
$redis = new Redis();
// ruleid: php-redis-host
$redis->connect('10.0.0.121', 6379);
// ok: php-redis-host
$redis->auth('secret');
// ok: php-redis-host
$ftp->connect('10.0.0.121', 21);
// ok: php-redis-host
$d = new Client('http://10.0.0.121:8080');
