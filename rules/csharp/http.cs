class Operations
{
    void Operate()
    {
        // ruleid: csharp-http-host
        var a = await client.GetAsync("http://10.0.0.121:8008/primary");
        // ruleid: csharp-http-host
        var b = new SshClient("10.0.0.121", "root", key);
        // ruleid: csharp-http-host
        var c = new HttpClient { BaseAddress = new Uri("http://10.0.0.121:8008") };
        // ok: csharp-http-host
        var d = new NpgsqlConnection("Host=10.0.0.121");
        // ok: csharp-http-host
        var e = new Uri("http://10.0.0.121:8008");
        // ok: csharp-http-host
        var f = new TcpClient("10.0.0.121", 5432);
    }
}
