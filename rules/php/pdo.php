<?php
$dsn = 'mysql:host=10.0.0.121;dbname=orders';
// ruleid: php-pdo-dsn
$a = new PDO('pgsql:host=10.0.0.121;port=5432;dbname=orders', 'app', $password);
// ruleid: php-pdo-dsn
$b = new PDO($dsn, 'app', $password);
// ruleid: php-pdo-dsn
$c = new \PDO("sqlsrv:Server=10.0.0.121,1433;Database={$name}");
// ruleid: php-pdo-dsn
$d = DriverManager::getConnection(['url' => 'postgresql://app@10.0.0.121:5432/orders']);
// ok: php-pdo-dsn
$e = new Client('http://10.0.0.121:8080');
// ok: php-pdo-dsn
$f = DriverManager::getAvailableDrivers('mysql:host=10.0.0.121');
// ok: php-pdo-dsn
$g = $a->query('select 1');

// ruleid: php-pdo-host
$h = DriverManager::getConnection(['driver' => 'pdo_pgsql', 'host' => '10.0.0.121', 'port' => 5432]);
// ruleid: php-pdo-host
$capsule->addConnection(['driver' => 'mysql', 'host' => '10.0.0.121', 'database' => 'orders']);
// ruleid: php-pdo-host
$i = new Medoo(['type' => 'mysql', 'host' => '10.0.0.121']);
// ok: php-pdo-host
$j = new Mailer(['host' => '10.0.0.121']);
// ok: php-pdo-host
$k = DriverManager::getConnection(['driver' => 'pdo_sqlite']);
// ok: php-pdo-host
$smtp->addServer(['host' => '10.0.0.121']);
