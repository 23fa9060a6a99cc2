import { MongoClient } from 'mongodb';
import mongoose from 'mongoose';

// ruleid: javascript-mongodb-dsn
const client = new MongoClient('mongodb://10.0.0.120:27017,10.0.0.121:27017/app?replicaSet=rs0');

// ruleid: javascript-mongodb-dsn
await mongoose.connect(process.env.MONGO_URL || 'mongodb://10.0.0.120/app', { maxPoolSize: 5 });

const url: string = `mongodb://${user}:${secret}@10.0.0.120/app`;
// ruleid: javascript-mongodb-dsn
export const connection = mongoose.createConnection(url);

// ok: javascript-mongodb-dsn
mqtt.connect('mqtt://10.0.0.120');

// ok: javascript-mongodb-dsn
mongoose.model('Host', schema);

// ok: javascript-mongodb-dsn
const web = new WebClient('http://10.0.0.120');
