const Redis = require('ioredis');
const { createClient } = require('redis');
const redis = require('redis');

// ruleid: javascript-redis-host
const positional = new Redis(6379, '10.0.0.120');

// ruleid: javascript-redis-host
const byObject = new Redis({ port: 6379, host: process.env.REDIS_HOST || '10.0.0.120' });

// ruleid: javascript-redis-host
const old = redis.createClient(6379, '10.0.0.120');

// ruleid: javascript-redis-dsn
const byUrl = new Redis('redis://10.0.0.120:6379/0');

// ruleid: javascript-redis-dsn
const node = redis.createClient({ url: `redis://:${secret}@10.0.0.120:6379` });

// ruleid: javascript-redis-socket-host
const socket = createClient({ socket: { host: '10.0.0.120', port: 6379 } });

const cluster = new Redis.Cluster([
  // ruleid: javascript-redis-cluster-host
  { host: '10.0.0.120', port: 7000 },
  // ruleid: javascript-redis-cluster-host
  { host: '10.0.0.121', port: 7000 },
]);

// ok: javascript-redis-host, javascript-redis-socket-host
const other = contentful.createClient({ space: 'x', host: '10.0.0.120' });

const shards = new Shards.Cluster([
  // ok: javascript-redis-cluster-host
  { host: '10.0.0.120', port: 7000 },
]);

// ok: javascript-redis-dsn
const dashboard = new Dashboard('redis://10.0.0.120');

// ruleid: javascript-redis-queue
const mails = new Queue('mails', { connection: { host: '10.0.0.121', port: 6379 } });
// ruleid: javascript-redis-queue
const worker = new Worker('mails', send, { concurrency: 5, connection: { host: '10.0.0.121' } });
// ruleid: javascript-redis-queue
const old = new Queue('mails', { redis: { port: 6379, host: '10.0.0.121' } });
// ok: javascript-redis-queue
const local = new Queue('mails');
// ok: javascript-redis-queue
const thread = new Worker('./thread.js', { connection: { port: 6379 } });
// ok: javascript-redis-queue
const site = new Site('mails', { connection: { host: '10.0.0.121' } });

// ok: javascript-redis-host
const sip = new Phone(6379, '10.0.0.120');
// ok: javascript-redis-host
const unix = new Redis({ path: '/run/redis.sock' });

// ruleid: javascript-redis-socket-host
const tls = createClient({ password: secret, socket: { tls: true, host: '10.0.0.120' } });
// ruleid: javascript-redis-socket-host
const withDefault = redis.createClient({ socket: { host: process.env.REDIS_HOST || '10.0.0.120', port: 6379 } });
// ok: javascript-redis-socket-host
const path = createClient({ socket: { path: '/run/redis.sock' } });
// ok: javascript-redis-socket-host
const phone = openPhone({ socket: { host: '10.0.0.120' } });

// ruleid: javascript-redis-dsn
const third = redis.createClient(process.env.REDIS_URL || 'redis://10.0.0.120:6379');
// ok: javascript-redis-dsn
const page = new Page('redis://10.0.0.120');
// ok: javascript-redis-dsn
const parsed = parseUrl('redis://10.0.0.120:6379/0');

const many = new Redis.Cluster([
  // ruleid: javascript-redis-cluster-host
  { host: '10.0.0.122', family: 4, port: 7000 },
]);
const sockets = new Redis.Cluster([
  // ok: javascript-redis-cluster-host
  { path: '/run/redis.sock' },
]);
const phones = new Ring([
  // ok: javascript-redis-cluster-host
  { host: '10.0.0.120', port: 5060 },
]);
