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
