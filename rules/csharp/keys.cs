class Keys
{
    // ruleid: csharp-keys-assignment
    private const string DbHost = "10.0.0.121";
    // ok: csharp-keys-assignment
    private const string Title = "10.0.0.121";
    // ruleid: csharp-keys-assignment
    public string DatabaseHost { get; set; } = "10.0.0.121";

    void Configure()
    {
        // ruleid: csharp-keys-assignment, csharp-keys-map, csharp-keys-named-map
        var settings = new DbSettings { Host = "10.0.0.121", Port = 5432 };
        // ruleid: csharp-keys-assignment
        builder["Server"] = "10.0.0.121";
        // ruleid: csharp-keys-call
        builder.Add("Host", "10.0.0.121");
        // ruleid: csharp-keys-call, csharp-keys-assignment
        var host = Environment.GetEnvironmentVariable("DB_HOST") ?? "10.0.0.121";
        // ruleid: csharp-keys-call
        Use(configuration.GetValue<string>("Db:Host", "10.0.0.121"));
        // ok: csharp-keys-map, csharp-keys-named-map
        var size = new Size { Width = 1 };
        // ok: csharp-keys-call
        Use(Compare("DB_HOST", "10.0.0.121"));
        // ok: csharp-keys-call
        Use(Environment.GetEnvironmentVariable("TITLE") ?? "10.0.0.121");
        // ok: csharp-keys-assignment
        dbHost = FindHost();
    }
}

// ruleid: csharp-keys-class
class DatabaseConfig { string name; }

// ruleid: csharp-keys-class
class RedisProperties { string name; }

// ruleid: csharp-keys-class
class OrdersDbSettings { string name; }

// ok: csharp-keys-class
class DatabaseMonitor { string name; }

// ok: csharp-keys-class
class MailSettings { string name; }

// ok: csharp-keys-class
class RedisHealth { string name; }
