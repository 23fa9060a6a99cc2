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

// ruleid: php-keys-class
class DatabaseConfig { public $name; }

// ruleid: php-keys-class
class RedisProperties { public $name; }

// ruleid: php-keys-class
class OrdersDbSettings { public $name; }

// ok: php-keys-class
class DatabaseMonitor { public $name; }

// ok: php-keys-class
class MailSettings { public $name; }

// ok: php-keys-class
class RedisHealth { public $name; }

// ruleid: php-keys-setting
putenv('DB_HOST=10.0.0.121');
// ruleid: php-keys-setting
putenv("PGHOST=10.0.0.121");
// ruleid: php-keys-setting
putenv("REDIS_URL=redis://10.0.0.121:6379");
// ok: php-keys-setting
putenv('DB_HOST');
// ok: php-keys-setting
putenv('DB_HOST=');
// ok: php-keys-setting
puts('DB_HOST=10.0.0.121');
