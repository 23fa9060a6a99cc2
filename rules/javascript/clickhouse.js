const { createClient, ClickHouse } = require('@clickhouse/client');

// ruleid: javascript-clickhouse-host
const a = createClient({ url: 'http://10.0.0.121:8123', username: 'app' });
// ruleid: javascript-clickhouse-host
const b = createClient({ host: process.env.CLICKHOUSE || 'http://10.0.0.121:8123' });
// ruleid: javascript-clickhouse-host
const c = new ClickHouse({ url: 'http://10.0.0.121', port: 8123 });
// ok: javascript-clickhouse-host
const d = createClient({ username: 'app' });
// ok: javascript-clickhouse-host
const e = createPage({ url: 'http://10.0.0.121:8123' });
// ok: javascript-clickhouse-host
const f = new House({ url: 'http://10.0.0.121' });
