const oracledb = require('oracledb');

async function open() {
  // ruleid: javascript-oracle-dsn
  const a = await oracledb.createPool({ user: 'app', connectString: '10.0.0.121:1521/ORCL' });
  // ruleid: javascript-oracle-dsn
  const b = await oracledb.getConnection({ user: 'app', connectionString: '10.0.0.121/ORCL' });
  // ruleid: javascript-oracle-dsn
  const c = await oracledb.getConnection({ connectString: process.env.ORACLE || '10.0.0.121/ORCL' });
  // ok: javascript-oracle-dsn
  const d = await oracledb.getConnection();
  // ok: javascript-oracle-dsn
  const e = await mail.send({ connectString: '10.0.0.121/ORCL' });
  // ok: javascript-oracle-dsn
  const f = await oracledb.createPool({ user: 'app' });
}
