const cassandra = require('cassandra-driver');

// ruleid: javascript-cassandra-host
const a = new cassandra.Client({ contactPoints: ['10.0.0.120', '10.0.0.121'], localDataCenter: 'dc1' });
// ruleid: javascript-cassandra-host
const options = { contactPoints: ['10.0.0.121:9042'] };
// ruleid: javascript-cassandra-host
const b = new ExpressCassandra({ clientOptions: { contactPoints: [process.env.CASSANDRA || '10.0.0.121'] } });
// ok: javascript-cassandra-host
const c = new cassandra.Client({ localDataCenter: 'dc1' });
// ok: javascript-cassandra-host
const d = new Person({ contacts: ['10.0.0.121'] });
// ok: javascript-cassandra-host
const e = contactPoints['10.0.0.121'];
