using MongoDB.Driver;

class Mongo
{
    void Open()
    {
        // ruleid: csharp-mongodb-dsn
        var a = new MongoClient("mongodb://10.0.0.120:27017,10.0.0.121:27017/?replicaSet=rs0");
        // ruleid: csharp-mongodb-dsn
        var b = MongoClientSettings.FromConnectionString("mongodb://10.0.0.121");
        var url = "mongodb://10.0.0.121:27017";
        // ruleid: csharp-mongodb-dsn
        var c = new MongoClient(url);
        // ok: csharp-mongodb-dsn
        var d = new WebClient("http://10.0.0.121");
        // ok: csharp-mongodb-dsn
        var e = new Uri("mongodb://10.0.0.121");
        // ok: csharp-mongodb-dsn
        var f = new MongoClient();

        // ruleid: csharp-mongodb-host
        var g = new MongoServerAddress("10.0.0.121", 27017);
        // ruleid: csharp-mongodb-host
        var h = new MongoClientSettings { Server = new MongoServerAddress("10.0.0.121") };
        // ruleid: csharp-mongodb-host
        settings.Servers = new[] { new MongoServerAddress("10.0.0.120", 27017) };
        // ok: csharp-mongodb-host
        var i = new ServerAddress("10.0.0.121", 27017);
        // ok: csharp-mongodb-host
        var j = new IPEndPoint("10.0.0.121", 27017);
        // ok: csharp-mongodb-host
        var k = new MongoClientSettings { ReplicaSetName = "rs0" };
    }
}
