<?php
// ruleid: php-pgsql-dsn
$a = pg_connect('host=10.0.0.121 port=5432 dbname=orders');
// ruleid: php-pgsql-dsn
$b = pg_pconnect("host=10.0.0.121 dbname=orders password={$password}");
// ruleid: php-pgsql-dsn
$c = pg_connect('host=10.0.0.121 password=' . $password);
// ok: php-pgsql-dsn
$d = pg_query($a, 'select 1');
// ok: php-pgsql-dsn
$e = ssh2_connect('10.0.0.121', 22);
// ok: php-pgsql-dsn
$f = socket_connect($socket, '10.0.0.121', 5432);
