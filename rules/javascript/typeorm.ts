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
