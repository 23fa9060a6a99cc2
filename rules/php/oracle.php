<?php
// ruleid: php-oracle-dsn
$a = oci_connect('app', $password, '10.0.0.121:1521/orders');
// ruleid: php-oracle-dsn
$b = oci_pconnect('app', $password, '//10.0.0.121/orders', 'AL32UTF8');
// ruleid: php-oracle-dsn
$c = oci_connect('app', $password, '(DESCRIPTION=(ADDRESS=(PROTOCOL=TCP)(HOST=10.0.0.121)(PORT=1521)))');
// ok: php-oracle-dsn
$d = oci_parse($a, 'select 1 from dual');
// ok: php-oracle-dsn
$e = ftp_login($ftp, 'app', '10.0.0.121');
// ok: php-oracle-dsn
$f = imap_open('{10.0.0.121:993}', 'app', $password);
