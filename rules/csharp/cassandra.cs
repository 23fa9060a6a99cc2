using Cassandra;

class Cassandra
{
    void Open()
    {
        // ruleid: csharp-cassandra-host
        var a = Cluster.Builder().AddContactPoint("10.0.0.121").Build();
        // ruleid: csharp-cassandra-host
        var b = Cluster.Builder().AddContactPoints("10.0.0.120").WithPort(9042).Build();
        const string Host = "10.0.0.121";
        // ruleid: csharp-cassandra-host
        var c = Cluster.Builder().AddContactPoint(Host);
        // ok: csharp-cassandra-host
        var d = Cluster.Builder().WithPort(9042).Build();
        // ok: csharp-cassandra-host
        var e = new TcpClient("10.0.0.121", 9042);
        // ok: csharp-cassandra-host
        var f = person.AddContact("10.0.0.121");
    }
}
