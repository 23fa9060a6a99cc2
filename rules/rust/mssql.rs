use tiberius::Config;

fn open() {
    // ruleid: rust-mssql-dsn
    let a = Config::from_ado_string("server=tcp:10.0.0.121,1433;database=orders")?;
    // ruleid: rust-mssql-dsn
    let b = Config::from_jdbc_string("jdbc:sqlserver://10.0.0.121:1433;databaseName=orders")?;
    // ruleid: rust-mssql-dsn
    let c = tiberius::Config::from_ado_string("Server=10.0.0.121;Database=orders")?;
    // ok: rust-mssql-dsn
    let d = Config::from_file("orders.toml")?;
    // ok: rust-mssql-dsn
    let e = Config::new();
    // ok: rust-mssql-dsn
    let f = Url::parse("10.0.0.121")?;
}
