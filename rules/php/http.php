<?php
// ruleid: php-http-host
$a = curl_init('http://10.0.0.121:8008/primary');
// ruleid: php-http-host
$b = ssh2_connect('10.0.0.121', 22);
// ruleid: php-http-host
$c = $client->request('GET', 'http://10.0.0.121:8008/patroni');
// ok: php-http-host
$d = new PDO('pgsql:host=10.0.0.121');
// ok: php-http-host
$e = 'http://10.0.0.121:8008';
// ok: php-http-host
$f = mysqli_connect('10.0.0.121');
