<?php
// ruleid: php-dsn-string
$a = 'mysql://app@10.0.0.121:3306/orders';
// ruleid: php-dsn-string
$b = 'pgsql:host=10.0.0.121;port=5432;dbname=orders';
// ruleid: php-dsn-template, php-dsn-string
$c = "postgresql://app:{$password}@10.0.0.121:5432/orders";
// ruleid: php-dsn-concatenation, php-dsn-string
$d = 'mongodb://app:' . $password . '@10.0.0.121:27017';
// ok: php-dsn-string, php-dsn-template, php-dsn-concatenation
$e = 'orders' . $name;
// ok: php-dsn-template
$f = "hello {$name}";
// ok: php-dsn-string
$g = 'select host from servers';
