const { Pool, Client } = require('pg');
const pg = require('pg');
const undici = require('undici');

// ruleid: javascript-pg-host
const pool = new Pool({ user: 'app', host: '10.0.0.121', port: 5432 });

// ruleid: javascript-pg-host
const lines = new pg.Client({
  host: process.env.PGHOST || '10.0.0.122',
  port: Number(process.env.PGPORT ?? 5432),
});

const HOST = '10.0.0.120';
// ruleid: javascript-pg-host
const constant = new Pool({ host: HOST });

const config = { host: '10.0.0.121', port: 5432 };
// ruleid: javascript-pg-host
const indirect = new Pool(config);

// ok: javascript-pg-host
const hidden = new Pool();

// ok: javascript-pg-host
const other = new undici.Agent({ host: '10.0.0.121' });

// ok: javascript-pg-host
const server = net.connect({ host: '10.0.0.121', port: 5432 });

// ruleid: javascript-pg-dsn
const byUrl = new Pool({ connectionString: `postgres://${user}:${secret}@10.0.0.121/app` });

// ruleid: javascript-pg-dsn
const direct = new Client('postgres://app@10.0.0.121:5432/app');

// ok: javascript-pg-dsn
const none = new Pool({ max: 10 }, 'postgres');

const pgp = require('pg-promise')();
// ruleid: javascript-pg-promise-host
const promised = pgp({ host: '10.0.0.121', port: 5432 });
// ruleid: javascript-pg-promise-dsn
const promisedByUrl = pgp('postgres://app@10.0.0.121/app');
// ok: javascript-pg-promise-host, javascript-pg-promise-dsn
const files = sql.file('10.0.0.121');

// ruleid: javascript-pg-dsn
const client = new pg.Client({ connectionString: process.env.DATABASE_URL || 'postgres://app@10.0.0.121/app' });
// ok: javascript-pg-dsn
const web = new undici.Client('http://10.0.0.121');
// ok: javascript-pg-dsn
const text = pg.escapeLiteral('postgres://10.0.0.121/app');

// ruleid: javascript-pg-promise-host
const second = pgp({ database: 'app', host: process.env.PGHOST || '10.0.0.121' });
// ruleid: javascript-pg-promise-host
const third = postgres({ host: '10.0.0.121', port: 5432 });
// ok: javascript-pg-promise-host
const mail = mailer({ host: '10.0.0.121' });
// ok: javascript-pg-promise-host
const empty = pgp({ database: 'app' });
// ruleid: javascript-pg-promise-dsn
const secondByUrl = postgres(`postgres://app:${secret}@10.0.0.121/app`);
// ruleid: javascript-pg-promise-dsn
const thirdByUrl = pgp(process.env.DATABASE_URL || 'postgres://app@10.0.0.121/app');
// ok: javascript-pg-promise-dsn
const byObject = pgp({ database: 'app' });
// ok: javascript-pg-promise-dsn
const parsed = parse('postgres://app@10.0.0.121/app');
