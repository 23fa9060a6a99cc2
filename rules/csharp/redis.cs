using StackExchange.Redis;

class Redis
{
    void Open()
    {
        // ruleid: csharp-redis-host
        var a = ConnectionMultiplexer.Connect("10.0.0.120:6379,10.0.0.121:6379,password=secret");
        // ruleid: csharp-redis-host
        var b = ConfigurationOptions.Parse("10.0.0.121:6379");
        // ruleid: csharp-redis-host
        var c = await ConnectionMultiplexer.ConnectAsync($"{"10.0.0.121"}:6379");
        // ok: csharp-redis-host
        var d = socket.Connect("10.0.0.121", 6379);
        // ok: csharp-redis-host
        var e = int.Parse("10");
        // ok: csharp-redis-host
        var f = new WebClient("10.0.0.121");

        // ruleid: csharp-redis-endpoint
        options.EndPoints.Add("10.0.0.121", 6379);
        // ruleid: csharp-redis-endpoint
        options.EndPoints.Add("10.0.0.121:6379");
        // ruleid: csharp-redis-endpoint
        var g = new RedisClient("10.0.0.121", 6379);
        // ok: csharp-redis-endpoint
        options.Items.Add("10.0.0.121");
        // ok: csharp-redis-endpoint
        var h = new TcpClient("10.0.0.121", 6379);
        // ok: csharp-redis-endpoint
        list.Add("10.0.0.121:6379");
    }
}
