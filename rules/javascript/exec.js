const { spawn, execFileSync } = require('child_process');
const cp = require('child_process');

const NODE = '10.0.0.121';

// ruleid: javascript-exec-postgres
spawn('psql', ['-h', '10.0.0.121', '-d', 'app', '-f', 'load.sql']);
// ruleid: javascript-exec-postgres
cp.execFileSync('/usr/bin/pg_dump', ['--host', NODE, 'app']);
// ruleid: javascript-exec-postgres
execFileSync('pg_restore', ['-d', 'app', '-h', '10.0.0.121', 'app.dump'], { stdio: 'inherit' });
// ok: javascript-exec-postgres
spawn('psql', ['-h', '10.0.0.121', '-Atc', 'select pg_is_in_recovery()']);
// ok: javascript-exec-postgres
execFileSync('pg_isready', ['-h', '10.0.0.121']);
// ok: javascript-exec-postgres
execFileSync('ssh', ['root@10.0.0.121', 'psql', '-h', 'localhost']);
// ok: javascript-exec-postgres
parse('psql', ['-h', '10.0.0.121']);
