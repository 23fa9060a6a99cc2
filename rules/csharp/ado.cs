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
        // ok: csharp-mssql-host
        ms.InitialCatalog = "orders";
        // ok: csharp-mssql-host
        var q = new SqliteConnectionStringBuilder { DataSource = "orders.db" };
        // ok: csharp-mssql-host
        grid.DataSource = "10.0.0.121";
    }
}
