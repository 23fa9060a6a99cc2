const { Client } = require('@elastic/elasticsearch');
const elastic = require('elasticsearch');

// ruleid: javascript-elasticsearch-host
const one = new Client({ node: 'http://10.0.0.120:9200' });

// ruleid: javascript-elasticsearch-host
const many = new Client({
  nodes: ['http://10.0.0.120:9200', 'http://10.0.0.121:9200'],
});

// ruleid: javascript-elasticsearch-host
const old = new elastic.Client({ host: process.env.ES_HOST || '10.0.0.120:9200' });

// ok: javascript-elasticsearch-host
const cloud = new Client({ cloud: { id: 'x' } });

// ok: javascript-elasticsearch-host
const other = new Monitor({ node: 'http://10.0.0.120:9200' });

// ok: javascript-elasticsearch-host
const page = new Page({ host: 'http://10.0.0.120:9200' });
