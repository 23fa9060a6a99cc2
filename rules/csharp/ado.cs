using Npgsql;

class Ado
{
    const string Dsn = "Server=10.0.0.121;Database=orders";

    void Open(string password)
    {
        // ruleid: csharp-ado-dsn
        var a = new NpgsqlConnection("Host=10.0.0.121;Port=5432;Database=orders");
        // ruleid: csharp-ado-dsn
        using var b = new SqlConnection(Dsn);
        // ruleid: csharp-ado-dsn
        options.UseNpgsql($"Host=10.0.0.121;Password={password}");
        // ruleid: csharp-ado-dsn
        var c = new MySqlConnection("Server=10.0.0.121;Password=" + password);
        // ok: csharp-ado-dsn
        var d = new TcpClient("10.0.0.121", 5432);
        // ok: csharp-ado-dsn
        var e = new WebClient("http://10.0.0.121");
        // ok: csharp-ado-dsn
        options.UseInMemoryDatabase("orders");

        // ruleid: csharp-ado-member
        a.ConnectionString = "Host=10.0.0.121;Database=orders";
        // ruleid: csharp-ado-member
        var f = new Settings { ConnectionString = "Server=10.0.0.121;Database=orders" };
        // ruleid: csharp-ado-member
        var g = new MySqlConnection { ConnectionString = Dsn };
        // ok: csharp-ado-member
        a.CommandText = "select 1";
        // ok: csharp-ado-member
        var h = new Settings { Title = "10.0.0.121" };
        // ok: csharp-ado-member
        Use(a.ConnectionString);

        // ruleid: csharp-postgres-host
        var i = new NpgsqlConnectionStringBuilder { Host = "10.0.0.121", Port = 5432 };
        // ruleid: csharp-postgres-host
        var j = new NpgsqlConnectionStringBuilder() { Database = "orders", Host = "10.0.0.121" };
        var pg = new NpgsqlConnectionStringBuilder();
        // ruleid: csharp-postgres-host
        pg.Host = "10.0.0.121";
        var named = new NpgsqlConnectionStringBuilder { Username = "app" };
        // ruleid: csharp-postgres-host
        named.Host = "10.0.0.121";
        NpgsqlConnectionStringBuilder typed = new NpgsqlConnectionStringBuilder();
        // ruleid: csharp-postgres-host
        typed.Host = "10.0.0.121";
        // ok: csharp-postgres-host
        pg.Database = "orders";
        // ok: csharp-postgres-host
        var k = new SmtpClient { Host = "10.0.0.121" };
        // ok: csharp-postgres-host
        smtp.Host = "10.0.0.121";

        // ruleid: csharp-mysql-host
        var l = new MySqlConnectionStringBuilder { Server = "10.0.0.121", Port = 3306 };
        // ruleid: csharp-mysql-host
        var m = new MySqlConnectionStringBuilder() { Server = "10.0.0.121" };
        var my = new MySqlConnectionStringBuilder();
        // ruleid: csharp-mysql-host
        my.Server = "10.0.0.121";
        // ok: csharp-mysql-host
        my.Database = "orders";
        // ok: csharp-mysql-host
        var n = new Proxy { Server = "10.0.0.121" };
        // ok: csharp-mysql-host
        web.Server = "10.0.0.121";

        // ruleid: csharp-mssql-host
        var o = new SqlConnectionStringBuilder { DataSource = "10.0.0.121,1433" };
        // ruleid: csharp-mssql-host
        var p = new SqlConnectionStringBuilder() { InitialCatalog = "orders", DataSource = @"10.0.0.121\SQL" };
        var ms = new SqlConnectionStringBuilder();
        // ruleid: csharp-mssql-host
        ms.DataSource = "10.0.0.121";
        SqlConnectionStringBuilder typedMs = new SqlConnectionStringBuilder();
        // ruleid: csharp-mssql-host
        typedMs.DataSource = "tcp:10.0.0.121,1433";
        // ok: csharp-mssql-host
        ms.InitialCatalog = "orders";
        // ok: csharp-mssql-host
        var q = new SqliteConnectionStringBuilder { DataSource = "orders.db" };
        // ok: csharp-mssql-host
        grid.DataSource = "10.0.0.121";

        var any = new SqlConnectionStringBuilder();
        // ruleid: csharp-ado-builder, csharp-mssql-host
        any["Server"] = "10.0.0.121";
        // ruleid: csharp-ado-builder, csharp-mssql-host
        any["Data Source"] = "10.0.0.121,1433";
        var npgsql = new NpgsqlConnectionStringBuilder();
        // ruleid: csharp-ado-builder
        npgsql.Add("Host", "10.0.0.121");
        // ok: csharp-ado-builder
        any["Database"] = "orders";
        // ok: csharp-ado-builder
        headers["Server"] = "10.0.0.121";
        // ok: csharp-ado-builder
        headers.Add("Host", "10.0.0.121");

        // ruleid: csharp-clickhouse-host
        var r = new ClickHouseConnectionStringBuilder { Host = "10.0.0.121", Port = 8123 };
        // ruleid: csharp-clickhouse-host
        var s = new ClickHouseConnectionStringBuilder() { Host = "10.0.0.121" };
        // ruleid: csharp-clickhouse-host
        var t = new ClickHouseConnectionStringBuilder { Database = "orders", Host = FindHost() ?? "10.0.0.121" };
        // ok: csharp-clickhouse-host
        var u = new ClickHouseConnectionStringBuilder { Database = "orders" };
        // ok: csharp-clickhouse-host
        var v = new UriBuilder { Host = "10.0.0.121" };
        // ok: csharp-clickhouse-host
        var w = new ClickHouseSettings { Host = "10.0.0.121" };

        // ruleid: csharp-oracle-host
        var x = new OracleConnectionStringBuilder { DataSource = "10.0.0.121:1521/ORCL" };
        // ruleid: csharp-oracle-host
        var y = new OracleConnectionStringBuilder() { DataSource = "//10.0.0.121/ORCL" };
        // ruleid: csharp-oracle-host
        var z = new OracleConnectionStringBuilder { UserID = "app", DataSource = "10.0.0.121/ORCL" };
        // ok: csharp-oracle-host
        var aa = new OracleConnectionStringBuilder { UserID = "app" };
        // ok: csharp-oracle-host
        var bb = new GridView { DataSource = "10.0.0.121" };
        // ok: csharp-oracle-host
        var cc = new SqliteConnectionStringBuilder { DataSource = "orders.db" };
    }
}
