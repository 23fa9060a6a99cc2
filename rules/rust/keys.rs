// ruleid: rust-keys-assignment
const DB_HOST: &str = "10.0.0.121";
// ok: rust-keys-assignment
const TITLE: &str = "10.0.0.121";

fn configure() {
    // ruleid: rust-keys-assignment
    let db_host = "10.0.0.121";
    // ok: rust-keys-assignment
    let host = find_host();
    // ruleid: rust-keys-assignment, rust-keys-struct
    use_it(DatabaseConfig { host: "10.0.0.121".into() });
    // ruleid: rust-keys-struct
    use_it(DatabaseConfig {
        // ruleid: rust-keys-assignment
        db_host: String::from("10.0.0.121"),
        // ruleid: rust-keys-assignment
        port: 5432,
        // ruleid: rust-keys-field
        engine: "postgres",
        // ruleid: rust-keys-field
        username: "app",
        // ruleid: rust-keys-field
        database: "orders",
    });
    // ok: rust-keys-field
    use_it(Size { width: 10 });
    // ok: rust-keys-field
    use_it(Settings { title: "10.0.0.121".into() });
    // ok: rust-keys-field
    use_it(Color { hue: 1 });
    // ruleid: rust-keys-lookup
    use_it(env::var("DB_HOST").unwrap_or_else(|_| "10.0.0.121".into()));
    // ruleid: rust-keys-lookup
    use_it(std::env::var("DB_HOST").unwrap_or("10.0.0.121".to_string()));
    // ruleid: rust-keys-lookup
    env::set_var("PGHOST", "10.0.0.121");
    // ok: rust-keys-lookup
    use_it(env::var("TITLE").unwrap_or("10.0.0.121".to_string()));
    // ok: rust-keys-lookup
    use_it(env::var("DB_HOST"));

    // ruleid: rust-keys-struct
    let search = SearchConfig { url: find_url() };
    // ok: rust-keys-struct
    let named = Title { name: "10.0.0.121" };
    // ok: rust-keys-struct
    let plain = Point { x: 1, y: 2 };
    // ok: rust-keys-struct
    if ready { use_it(host) }
}
