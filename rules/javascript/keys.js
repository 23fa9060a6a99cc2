// ruleid: javascript-keys-named-map, javascript-keys-map
const settings = {
  // ruleid: javascript-keys-property
  DB_HOST: '10.0.0.121',
  // ruleid: javascript-keys-named-map, javascript-keys-map, javascript-keys-property
  database: { host: '10.0.0.121', port: 5432 },
  // ok: javascript-keys-property
  colour: 'red',
};

// ok: javascript-keys-map, javascript-keys-named-map, javascript-keys-property
const plain = { colour: 'red', user: 'app' };

// ruleid: javascript-keys-assignment
const PRIMARY_HOST = '10.0.0.121';
// ruleid: javascript-keys-assignment
process.env.PGHOST = '10.0.0.121';
// ok: javascript-keys-assignment
const colour = '10.0.0.121';
// ok: javascript-keys-assignment
const server = http.createServer(app);

// ruleid: javascript-keys-parameter
function connect(dbHost = '10.0.0.121') {
  // ok: javascript-keys-assignment
  return dbHost;
}
// ruleid: javascript-keys-parameter
const { DB_HOST = '10.0.0.121' } = process.env;
// ok: javascript-keys-parameter
const { COLOUR = 'red' } = process.env;

// ruleid: javascript-keys-default
start(process.env.DB_HOST || '10.0.0.121');
// ruleid: javascript-keys-default
start(process.env['PGHOST'] ?? '10.0.0.121');
// ok: javascript-keys-default
start(process.env.COLOUR || 'red');
// ok: javascript-keys-default
start(process.env.DB_HOST || fallback);

// ruleid: javascript-keys-lookup
start(config.get('db.host', '10.0.0.121'));
// ok: javascript-keys-lookup
start(config.get('colour', 'red'));

// ruleid: javascript-keys-map
export const schema = joi.object({
  // ruleid: javascript-keys-schema, javascript-keys-property
  DB_HOST: joi.string().default('10.0.0.121'),
  // ruleid: javascript-keys-schema, javascript-keys-property
  PGHOST: str({ default: '10.0.0.121' }),
  // ok: javascript-keys-schema
  COLOUR: str('red'),
});

container.env = [
  // ruleid: javascript-keys-pair
  { name: 'DB_HOST', value: '10.0.0.121' },
  // ok: javascript-keys-pair
  { name: 'COLOUR', value: 'red' },
];
