<?php
// ruleid: php-keys-call
define('DB_HOST', '10.0.0.121');
// ruleid: php-keys-call
define('DB_HOST', getenv('DB_HOST') ?: '10.0.0.121');
// ok: php-keys-call
define('TITLE', '10.0.0.121');
// ruleid: php-keys-assignment
$wgDBserver = '10.0.0.121';
// ruleid: php-keys-assignment
$DB['SERVER'] = '10.0.0.121';
// ruleid: php-keys-assignment
$this->dbHost = '10.0.0.121';
// ok: php-keys-assignment, php-keys-named-map
$title = '10.0.0.121';
// ok: php-keys-assignment
$host = gethostname();

return [
    // ruleid: php-keys-map, php-keys-entry, php-keys-named-map
    'mysql' => ['driver' => 'mysql', 'host' => '10.0.0.121', 'port' => '3306'],
    // ruleid: php-keys-map, php-keys-entry, php-keys-named-map, php-keys-call
    'pgsql' => ['driver' => 'pgsql', 'host' => env('DB_HOST', '10.0.0.121')],
    // ok: php-keys-map, php-keys-entry
    // ruleid: php-keys-named-map
    'title' => ['name' => '10.0.0.121'],
    // ok: php-keys-call
    'other' => compare('DB_HOST', '10.0.0.121'),
];

class Settings
{
    // ruleid: php-keys-assignment
    const DB_HOST = '10.0.0.121';
    // ruleid: php-keys-assignment
    private $dbHost = '10.0.0.121';
    // ok: php-keys-assignment
    private $dbUser;
}
