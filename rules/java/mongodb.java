import com.mongodb.client.MongoClients;

class Mongo {
    void open() {
        // ruleid: java-mongodb-dsn
        MongoClient a = MongoClients.create("mongodb://10.0.0.120:27017,10.0.0.121:27017/?replicaSet=rs0");
        // ruleid: java-mongodb-dsn
        ConnectionString b = new ConnectionString("mongodb://10.0.0.121/orders");
        String uri = "mongodb://10.0.0.121:27017";
        // ruleid: java-mongodb-dsn
        Factory c = new SimpleMongoClientDatabaseFactory(uri);
        // ok: java-mongodb-dsn
        MongoClient d = MongoClients.create();
        // ok: java-mongodb-dsn
        URI e = URI.create("http://10.0.0.121:8080");
        // ok: java-mongodb-dsn
        Link f = new Link("mongodb://10.0.0.121");

        // ruleid: java-mongodb-host
        MongoClient g = new MongoClient("10.0.0.121", 27017);
        // ruleid: java-mongodb-host
        List<ServerAddress> h = Arrays.asList(new ServerAddress("10.0.0.120"));
        // ruleid: java-mongodb-host
        ServerAddress i = new ServerAddress("10.0.0.121", 27017);
        // ok: java-mongodb-host
        Socket j = new Socket("10.0.0.121", 27017);
        // ok: java-mongodb-host
        InetSocketAddress k = new InetSocketAddress("10.0.0.121", 27017);
        // ok: java-mongodb-host
        MongoClient l = new MongoClient();
    }
}
