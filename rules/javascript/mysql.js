const mysql = require('mysql2/promise');
const db = require('mariadb');
const net = require('net');

// ruleid: javascript-mysql-host
const pool = mysql.createPool({
  host: '10.0.0.20',
  port: 3306,
  user: 'app',
});

async function connect() {
  // ruleid: javascript-mysql-host
  return await db.createConnection({ host: process.env.DB_HOST ?? '10.0.0.20' });
}

// ok: javascript-mysql-host
const socket = net.connect({ host: '10.0.0.20', port: 3306 });

// ok: javascript-mysql-host
const later = mysql.createPool({ socketPath });

// ruleid: javascript-mysql-dsn
const byUrl = mysql.createConnection('mysql://app@10.0.0.20:3306/app');

// ok: javascript-mysql-dsn
const other = mysql.format('mysql://app@10.0.0.20/app');

// ruleid: javascript-mysql-host
const single = db.createConnection({ database: 'app', host: '10.0.0.20' });

// ok: javascript-mysql-host
const mail = mailer.open({ host: '10.0.0.20' });

// ruleid: javascript-mysql-dsn
const poolByUrl = db.createPool(`mariadb://app:${secret}@10.0.0.20/app`);

// ruleid: javascript-mysql-dsn
const byUri = mysql.createPool({ uri: 'mysql://app@10.0.0.20/app', connectionLimit: 5 });

// ok: javascript-mysql-dsn
const escaped = mysql.escape('mysql://10.0.0.20');

// ok: javascript-mysql-dsn
const byObject = mysql.createPool({ socketPath: '/run/mysqld.sock' });
