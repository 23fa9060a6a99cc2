import com.zaxxer.hikari.HikariConfig;
import java.sql.DriverManager;

class Jdbc {
    static final String URL = "jdbc:postgresql://10.0.0.121:5432/orders";

    void open(String password) {
        // ruleid: java-jdbc-dsn
        Connection a = DriverManager.getConnection("jdbc:mysql://10.0.0.121:3306/orders", "app", password);
        // ruleid: java-jdbc-dsn
        Connection named = java.sql.DriverManager.getConnection("jdbc:postgresql://10.0.0.121/orders");
        // ruleid: java-jdbc-dsn
        Connection b = DriverManager.getConnection(URL);
        HikariConfig config = new HikariConfig();
        // ruleid: java-jdbc-dsn
        config.setJdbcUrl("jdbc:postgresql://10.0.0.121/orders");
        // ruleid: java-jdbc-dsn
        DataSource c = DataSourceBuilder.create().username("app").url("jdbc:postgresql://10.0.0.121/orders").build();
        // ruleid: java-jdbc-dsn
        DataSource d = new DriverManagerDataSource("jdbc:sqlserver://10.0.0.121:1433;databaseName=orders");
        // ok: java-jdbc-dsn
        config.setMaximumPoolSize(10);
        // ok: java-jdbc-dsn
        Driver e = DriverManager.getDriver("jdbc:postgresql://10.0.0.121/orders");
        // ok: java-jdbc-dsn
        Web f = new WebClient("http://10.0.0.121:8080");

        PGSimpleDataSource source = new PGSimpleDataSource();
        // ruleid: java-jdbc-host
        source.setServerName("10.0.0.121");
        // ruleid: java-jdbc-host
        source.setServerNames(new String[] {"10.0.0.120", "10.0.0.121"});
        // ruleid: java-jdbc-host
        Options g = new PgConnectOptions().setPort(5432).setHost("10.0.0.121");
        // ruleid: java-jdbc-host
        Factory h = factory(PostgresqlConnectionConfiguration.builder().host("10.0.0.121").port(5432).build());
        // ok: java-jdbc-host
        source.setDatabaseName("orders");
        // ok: java-jdbc-host
        mail.setHost("10.0.0.121");
        // ok: java-jdbc-host
        Web i = new WebClientOptions().setDefaultHost("10.0.0.121");
    }
}
