class Dsn {
    // ruleid: java-dsn-string
    static final String URL = "jdbc:postgresql://10.0.0.121:5432/orders";

    String strings(String user, String password) {
        // ruleid: java-dsn-string, java-dsn-concatenation
        String joined = "mongodb://" + user + ":" + password + "@10.0.0.121:27017/orders";
        // ruleid: java-dsn-string
        String formatted = String.format("jdbc:mysql://10.0.0.121:3306/%s", user);
        // ruleid: java-dsn-string
        String block = """
            Server=10.0.0.121;Port=1433;Database=orders""";
        // ruleid: java-dsn-string
        String thin = "jdbc:oracle:thin:@10.0.0.121:1521:ORCL";
        // ok: java-dsn-string
        String word = "orders";
        // ok: java-dsn-string, java-dsn-concatenation
        String name = "orders" + user;
        // ok: java-dsn-concatenation
        int sum = 1 + 2;
        return null;
    }
}
