<?php
// ruleid: php-mysqli-host
$a = mysqli_connect('10.0.0.121:3306', 'app', $password, 'orders');
// ruleid: php-mysqli-host
$b = new mysqli('10.0.0.121', 'app', $password, 'orders', 3306);
// ruleid: php-mysqli-host
mysqli_real_connect($link, '10.0.0.121', 'app', $password);
// ruleid: php-mysqli-host
$c = new mysqli(getenv('DB_HOST') ?: '10.0.0.121', 'app');
// ok: php-mysqli-host
$d = fsockopen('10.0.0.121', 3306);
// ok: php-mysqli-host
$e = ftp_connect('10.0.0.121');
// ok: php-mysqli-host
$f = mysqli_query($a, 'select 1');

// ruleid: php-mysqli-servers
$cfg['Servers'][$i]['host'] = '10.0.0.121';
// ruleid: php-mysqli-servers
$wpdb->add_database(['host' => '10.0.0.121', 'write' => 1]);
$wgLBFactoryConf = [
    // ruleid: php-mysqli-servers
    'hostsByName' => ['db1' => '10.0.0.121:3306'],
    // ruleid: php-mysqli-servers
    'sectionLoads' => ['DEFAULT' => ['10.0.0.121:3306' => 1]],
];
// ok: php-mysqli-servers
$cfg['Servers'][$i]['user'] = 'app';
// ok: php-mysqli-servers
$cfg['Mail']['host'] = '10.0.0.121';
// ok: php-mysqli-servers
$weights = ['DEFAULT' => ['10.0.0.121:3306' => 1]];
