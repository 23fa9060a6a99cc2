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
