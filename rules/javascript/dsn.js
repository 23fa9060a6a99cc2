// ruleid: javascript-dsn-string
const plain = 'postgresql://app@10.0.0.121:5432/app';

// ruleid: javascript-dsn-string
const keywords = "host=10.0.0.121 port=5432 dbname=app";

// ok: javascript-dsn-string
const words = 'the host of the database';

// ruleid: javascript-dsn-template, javascript-dsn-string
const template = `postgresql://${user}:${secret}@10.0.0.121/app`;

// ok: javascript-dsn-template
const text = 'no template';

// ruleid: javascript-dsn-concatenation, javascript-dsn-string
const joined = 'postgresql://' + user + ':' + secret + '@10.0.0.121:5432/' + name;

// ok: javascript-dsn-concatenation, javascript-dsn-string
const greeting = 'good ' + day + ' ' + name;
