const knex = require('knex');

// ruleid: javascript-knex-pg-host
const db = knex({ client: 'pg', connection: { host: '10.0.0.121', port: 5432, user: 'app' } });

module.exports = {
  // ruleid: javascript-knex-mysql-host
  production: {
    client: 'mysql2',
    connection: {
      host: '10.0.0.20',
      database: 'app',
    },
  },
  // ruleid: javascript-knex-mssql-host
  reports: { client: 'mssql', connection: { server: '10.0.0.30' } },
  // ok: javascript-knex-pg-host, javascript-knex-mysql-host, javascript-knex-mssql-host
  test: { client: 'sqlite3', connection: { filename: ':memory:' } },
};

// ruleid: javascript-knex-dsn
const byUrl = knex({ client: 'pg', connection: 'postgres://app@10.0.0.121/app' });

// ok: javascript-knex-dsn
const sqlite = knex({ client: 'sqlite3', filename: './app.db' });

module.exports.more = {
  // ruleid: javascript-knex-pg-host
  staging: { client: 'postgresql', connection: { user: 'app', host: process.env.PGHOST || '10.0.0.121' } },
  // ruleid: javascript-knex-pg-host
  native: { client: 'pg-native', pool: { max: 5 }, connection: { host: '10.0.0.122' } },
  // ruleid: javascript-knex-mysql-host
  legacy: { client: 'mysql', connection: { host: '10.0.0.20', port: 3306 } },
  // ruleid: javascript-knex-mysql-host
  maria: { client: 'mariadb', connection: { database: 'app', host: process.env.DB_HOST ?? '10.0.0.20' } },
  // ruleid: javascript-knex-mssql-host
  erp: { client: 'mssql', connection: { host: '10.0.0.30', user: 'app' } },
  // ruleid: javascript-knex-mssql-host
  tedious: { client: 'tedious', connection: { server: process.env.ERP_SERVER || '10.0.0.30' } },
  // ok: javascript-knex-pg-host, javascript-knex-mysql-host, javascript-knex-mssql-host
  mail: { client: 'smtp', connection: { host: '10.0.0.25' } },
  // ok: javascript-knex-pg-host, javascript-knex-mysql-host, javascript-knex-mssql-host
  bare: { connection: { host: '10.0.0.121' } },
};

// ruleid: javascript-knex-dsn
const byDefault = knex({ client: 'mysql2', connection: process.env.DATABASE_URL || 'mysql://app@10.0.0.20/app' });
// ruleid: javascript-knex-dsn
const inside = knex({ client: 'pg', connection: { connectionString: 'postgres://app@10.0.0.121/app', ssl: true } });
// ok: javascript-knex-dsn
const file = knex({ client: 'better-sqlite3', connection: { filename: './app.db' } });
// ok: javascript-knex-dsn
const plain = connect({ connection: 'postgres://app@10.0.0.121/app' });
