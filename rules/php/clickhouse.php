<?php
// ruleid: php-clickhouse-host
$a = new ClickHouseDB\Client(['host' => '10.0.0.121', 'port' => '8123']);
// ruleid: php-clickhouse-host
$b = new \ClickHouseDB\Client(['port' => '8123', 'host' => '10.0.0.121']);
$host = '10.0.0.121';
// ruleid: php-clickhouse-host
$c = new ClickHouseDB\Client(['host' => $host]);
// ok: php-clickhouse-host
$d = new ClickHouseDB\Client(['port' => '8123']);
// ok: php-clickhouse-host
$e = new Mailer(['host' => '10.0.0.121']);
// ok: php-clickhouse-host
$f = new Client(['host' => '10.0.0.121']);
