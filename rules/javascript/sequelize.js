const { Sequelize } = require('sequelize');

// ruleid: javascript-sequelize-host
const positional = new Sequelize('app', 'app', secret, { host: '10.0.0.121', dialect: 'postgres' });

// ruleid: javascript-sequelize-host
const byObject = new Sequelize({
  dialect: 'mysql',
  host: process.env.DB_HOST || '10.0.0.20',
});

const replicated = new Sequelize('app', null, null, {
  dialect: 'postgres',
  replication: {
    // ruleid: javascript-sequelize-host
    read: [{ host: '10.0.0.121' }],
    // ruleid: javascript-sequelize-host
    write: { host: '10.0.0.120' },
  },
});

// ruleid: javascript-sequelize-dsn
const byUrl = new Sequelize('postgres://app@10.0.0.121:5432/app', { logging: false });

// ok: javascript-sequelize-dsn, javascript-sequelize-host
const model = sequelize.define('Host', { host: DataTypes.STRING });

// ruleid: javascript-sequelize-dsn
const byDefault = new Sequelize(process.env.DATABASE_URL || 'mysql://app@10.0.0.20/app');
// ruleid: javascript-sequelize-dsn
const byTemplate = new Sequelize(`postgres://app:${secret}@10.0.0.121:5432/app`);
// ok: javascript-sequelize-host
const memory = new Sequelize({ dialect: 'sqlite', storage: ':memory:' });
// ok: javascript-sequelize-host
const mail = new Mailer({ host: '10.0.0.121' });
// ok: javascript-sequelize-dsn
const file = new Sequelize({ dialect: 'sqlite' });
// ok: javascript-sequelize-dsn
const web = new Browser('http://10.0.0.121');
