class Dsn
{
    // ruleid: csharp-dsn-string
    const string Fixed = "Server=10.0.0.121;Port=5432;Database=orders;User Id=app";

    void Strings(string password)
    {
        // ruleid: csharp-dsn-string
        var verbatim = @"Data Source=10.0.0.121\SQL,1433;Initial Catalog=orders";
        // ruleid: csharp-dsn-template, csharp-dsn-string
        var interpolated = $"Host=10.0.0.121;Port=5432;Password={password}";
        // ruleid: csharp-dsn-concatenation, csharp-dsn-string
        var joined = "Server=10.0.0.121;Password=" + password + ";Database=orders";
        // ok: csharp-dsn-string, csharp-dsn-template, csharp-dsn-concatenation
        var name = "orders" + password;
        // ok: csharp-dsn-template
        var hello = $"hello {password}";
        // ok: csharp-dsn-string
        var word = "orders";
    }
}
