<?php
// ruleid: php-mssql-host
$a = sqlsrv_connect('10.0.0.121, 1433', ['Database' => 'orders']);
// ruleid: php-mssql-host
$b = mssql_connect('10.0.0.121:1433', 'app', $password);
$server = '10.0.0.121';
// ruleid: php-mssql-host
$c = sqlsrv_connect($server, $options);
// ok: php-mssql-host
$d = sqlsrv_query($a, 'select 1');
// ok: php-mssql-host
$e = ldap_connect('10.0.0.121');
// ok: php-mssql-host
$f = fsockopen('10.0.0.121', 1433);
