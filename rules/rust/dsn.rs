// ruleid: rust-dsn-string
const FIXED: &str = "postgres://app@10.0.0.121:5432/orders";

fn strings(password: &str) {
    // ruleid: rust-dsn-string
    use_it(r"host=10.0.0.121 port=5432 dbname=orders");
    // ruleid: rust-dsn-string, rust-dsn-format
    use_it(format!("mysql://app:{}@10.0.0.121:3306/orders", password));
    // ruleid: rust-dsn-string
    use_it("redis://10.0.0.121/".to_string());
    // ok: rust-dsn-string, rust-dsn-format
    use_it(format!("hello {}", password));
    // ok: rust-dsn-string
    use_it("orders");
}
