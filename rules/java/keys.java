class Keys {
    // ruleid: java-keys-assignment
    private static final String DB_HOST = "10.0.0.121";
    // ok: java-keys-assignment
    private static final String TITLE = "10.0.0.121";
    // ok: java-keys-assignment
    private String dbHost;

    // ruleid: java-keys-annotation
    @ConfigProperty(name = "db.host", defaultValue = "10.0.0.121")
    String host;
    // ok: java-keys-annotation
    @ConfigProperty(name = "title", defaultValue = "10.0.0.121")
    String title;
    // ok: java-keys-annotation
    @Column(name = "host")
    String column;
    // ruleid: java-keys-annotation
    @Option(names = "--db-host", defaultValue = "10.0.0.121")
    String option;
    // ruleid: java-keys-annotation
    @Parameter(names = "--db-host", description = "host", defaultValue = "10.0.0.121")
    String parameter;
    // ok: java-keys-annotation
    @Option(names = "--verbose")
    boolean verbose;

    void configure(Properties properties, Map<String, String> environment) {
        // ruleid: java-keys-assignment
        this.databaseHost = "10.0.0.121";
        // ruleid: java-keys-setter
        properties.setProperty("db.host", "10.0.0.121");
        // ruleid: java-keys-setter
        environment.put("PGHOST", "10.0.0.121");
        // ruleid: java-keys-setter
        run(Map.of("DB_HOST", "10.0.0.121", "DB_PORT", "5432"));
        // ok: java-keys-setter
        environment.put("TITLE", "10.0.0.121");
        // ok: java-keys-setter
        environment.get("PGHOST");
        // ok: java-keys-setter
        properties.compare("db.host", "10.0.0.121");
        // ruleid: java-keys-lookup
        use(System.getProperty("db.host", "10.0.0.121"));
        // ruleid: java-keys-lookup
        use(Optional.ofNullable(System.getenv("PGHOST")).orElse("10.0.0.121"));
        // ruleid: java-keys-lookup
        use(envOr("DB_HOST", "10.0.0.121"));
        // ok: java-keys-lookup
        use(System.getenv("PGHOST"));
        // ok: java-keys-lookup
        use(compare("DB_HOST", "10.0.0.121"));
        // ok: java-keys-lookup
        use(System.getProperty("title", "10.0.0.121"));
    }

    // ruleid: java-keys-placeholder
    @Value("${db.host:10.0.0.121}")
    private String first;

    // ruleid: java-keys-placeholder
    @Value("jdbc:postgresql://${db.host:10.0.0.121}:${db.port:5432}/orders")
    private String second;

    // ruleid: java-keys-placeholder
    @Value(value = "#{${db.host:10.0.0.121}}")
    private String third;

    // ok: java-keys-placeholder
    @Value("${db.host}")
    private String fourth;

    // ok: java-keys-placeholder
    @Value("10.0.0.121")
    private String fifth;

    // ok: java-keys-placeholder
    @Named("${db.host:10.0.0.121}")
    private String sixth;
}

// ruleid: java-keys-map
class DatabaseConfig { String name; }

// ruleid: java-keys-map
class RedisProperties { String name; }

// ruleid: java-keys-map
class OrdersDbSettings { String name; }

// ok: java-keys-map
class DatabaseMonitor { String name; }

// ok: java-keys-map
class MailSettings { String name; }

// ok: java-keys-map
class RedisHealth { String name; }
