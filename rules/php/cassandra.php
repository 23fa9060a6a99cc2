<?php
// ruleid: php-cassandra-host
$a = Cassandra::cluster()->withContactPoints('10.0.0.121')->build();
// ruleid: php-cassandra-host
$b = Cassandra::cluster()->withPort(9042)->withContactPoints('10.0.0.120')->build();
$host = '10.0.0.121';
// ruleid: php-cassandra-host
$c = Cassandra::cluster()->withContactPoints($host);
// ok: php-cassandra-host
$d = Cassandra::cluster()->withPort(9042)->build();
// ok: php-cassandra-host
$e = $mail->withContact('10.0.0.121');
// ok: php-cassandra-host
$f = fsockopen('10.0.0.121', 9042);
