import { DataSource, createConnection } from 'typeorm';
import { TypeOrmModule } from '@nestjs/typeorm';

// ruleid: javascript-typeorm-host
export const source = new DataSource({
  type: 'postgres',
  host: '10.0.0.121',
  port: 5432,
});

@Module({
  imports: [
    // ruleid: javascript-typeorm-host
    TypeOrmModule.forRoot({ type: 'mysql', host: '10.0.0.20', port: 3306 }),
    // ok: javascript-typeorm-host
    ThrottlerModule.forRoot({ host: '10.0.0.20' }),
  ],
})
export class AppModule {}

export const replicated = new DataSource({
  type: 'postgres',
  replication: {
    // ruleid: javascript-typeorm-host
    master: { host: '10.0.0.120', port: 5432 },
    // ruleid: javascript-typeorm-host
    slaves: [{ host: '10.0.0.121', port: 5432 }],
  },
});

// ruleid: javascript-typeorm-dsn
export const byUrl = new DataSource({ type: 'postgres', url: 'postgres://app@10.0.0.121/app' } as Options);

// ok: javascript-typeorm-dsn, javascript-typeorm-host
export const file = new DataSource({ type: 'sqlite', database: 'app.db' });

// ruleid: javascript-mikroorm-host
export default defineConfig({ driver: PostgreSqlDriver, host: '10.0.0.121', port: 5432 });
// ruleid: javascript-mikroorm-host
const orm = await MikroORM.init({ host: '10.0.0.121', dbName: 'orders' });
// ruleid: javascript-mikroorm-host
const module = MikroOrmModule.forRoot({ dbName: 'orders', host: '10.0.0.121' });
// ok: javascript-mikroorm-host
export const vite = defineConfig({ server: { host: '10.0.0.121' } });
// ok: javascript-mikroorm-host
export const tool = defineConfig({ host: '10.0.0.121', port: 3000 });
// ok: javascript-mikroorm-host
const sqlite = await MikroORM.init({ dbName: 'orders.db' });

// ruleid: javascript-mikroorm-dsn
const url = await MikroORM.init({ clientUrl: 'postgresql://app@10.0.0.121/orders' });
// ruleid: javascript-mikroorm-dsn
export const conf = defineConfig({ dbName: 'orders', clientUrl: 'mysql://app@10.0.0.121/orders' });
// ruleid: javascript-mikroorm-dsn
const urlModule = MikroOrmModule.forRoot({ clientUrl: 'mongodb://10.0.0.121:27017/orders' });
// ok: javascript-mikroorm-dsn
const other = await Client.init({ clientUrl: 'http://10.0.0.121' });
// ok: javascript-mikroorm-dsn
const plain = defineConfig({ base: 'http://10.0.0.121/' });
// ok: javascript-mikroorm-dsn
const none = await MikroORM.init({ dbName: 'orders' });

// ok: javascript-typeorm-host
const mail = new Mailer({ host: '10.0.0.121' });

// ruleid: javascript-typeorm-dsn
createConnection({ type: 'mysql', url: process.env.DATABASE_URL || 'mysql://app@10.0.0.20/app' });

// ruleid: javascript-typeorm-dsn
const module3 = TypeOrmModule.forRoot({ type: 'postgres', url: `postgres://app:${secret}@10.0.0.121/app` });

// ok: javascript-typeorm-dsn
const feed = new FeedSource({ type: 'rss', url: 'http://10.0.0.121/feed' });

// ok: javascript-typeorm-dsn
const page = createPage({ url: 'http://10.0.0.121/' });
