const sql = require('mssql');
const { Connection } = require('tedious');

// ruleid: javascript-mssql-host
const pool = new sql.ConnectionPool({ server: '10.0.0.30', port: 1433, database: 'app' });

// ruleid: javascript-mssql-host
sql.connect({ user: 'app', server: process.env.DB_SERVER || '10.0.0.30' });

// ruleid: javascript-mssql-host
const tedious = new Connection({ server: '10.0.0.30', options: { port: 1433 } });

// ruleid: javascript-mssql-dsn
sql.connect('Server=10.0.0.30,1433;Database=app;User Id=app');

// ok: javascript-mssql-host, javascript-mssql-dsn
const channel = grpc.connect({ server: '10.0.0.30' });

// ok: javascript-mssql-host
const hidden = new sql.ConnectionPool({ database: 'app' }).query('10.0.0.30');

// ok: javascript-mssql-host
const elsewhere = new Proxy({ server: '10.0.0.30' });

// ruleid: javascript-mssql-dsn
const byString = new sql.ConnectionPool('Server=tcp:10.0.0.30,1433;Database=app;User Id=app');

// ruleid: javascript-mssql-dsn
sql.connect(process.env.MSSQL_URL || 'mssql://app@10.0.0.30:1433/app');

// ok: javascript-mssql-dsn
const socket = net.connect('10.0.0.30');

// ok: javascript-mssql-dsn
const request = new sql.Request('Server=10.0.0.30');
