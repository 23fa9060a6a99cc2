import axios from 'axios';
import http from 'http';

// ruleid: javascript-http-url
const leader = await fetch('http://10.0.0.121:8008/leader');

// ruleid: javascript-http-url
const status = await axios.get(`http://10.0.0.120:8008/${path}`, { timeout: 500 });

const PATRONI = 'http://10.0.0.122:8008';
// ruleid: javascript-http-url
const api = axios.create({ baseURL: PATRONI });

// ruleid: javascript-http-host
http.get({ hostname: '10.0.0.121', port: 8008, path: '/primary' }, done);

// ok: javascript-http-url, javascript-http-host
const cached = cache.get('http://10.0.0.121:8008/leader');

// ruleid: javascript-http-host
https.request({ method: 'POST', host: '10.0.0.121', port: 8008, path: '/switchover' }, done);
// ruleid: javascript-http-host
http.request({ hostname: process.env.PATRONI || '10.0.0.122', path: '/leader' });
// ok: javascript-http-url
const parsed = new URL('http://10.0.0.121:8008/leader');
// ok: javascript-http-url
const page = open('http://10.0.0.121:8008/');
// ok: javascript-http-host
const pool = new Pool({ host: '10.0.0.121', port: 5432 });
// ok: javascript-http-host
http.createServer({ timeout: 500 });
