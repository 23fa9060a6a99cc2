package main

// ruleid: go-keys-assignment
const DBHost = "10.0.0.121"

const (
	// ruleid: go-keys-assignment
	PgHost = "10.0.0.122"
	// ok: go-keys-assignment
	Attempts = 3
)

// ruleid: go-keys-map, go-keys-field, go-keys-named-map
var settings = map[string]string{"DB_HOST": "10.0.0.121", "DB_PORT": "5432"}

func configure() {
	// ruleid: go-keys-map, go-keys-field, go-keys-named-map
	config := DatabaseConfig{Host: "10.0.0.121", Port: 5432}
	nested := &Config{
		// ruleid: go-keys-map, go-keys-field, go-keys-named-map
		Database: DatabaseConfig{Host: "10.0.0.121", Port: 5432},
	}
	// ruleid: go-keys-assignment
	config.DBHost = "10.0.0.121"
	// ruleid: go-keys-lookup, go-keys-assignment
	host := getEnv("DB_HOST", "10.0.0.121")
	// ruleid: go-keys-lookup
	viper.SetDefault("db.host", "10.0.0.121")
	// ruleid: go-keys-lookup
	flag.StringVar(&name, "db-host", "10.0.0.121", "host of the database")
	// ruleid: go-keys-lookup
	value := cmp.Or(os.Getenv("PGHOST"), "10.0.0.121")
	// ok: go-keys-map, go-keys-field, go-keys-named-map
	size := Size{Width: 1, Height: 2}
	// ok: go-keys-assignment
	title := "10.0.0.121"
	// ok: go-keys-lookup
	compare("DB_HOST", "10.0.0.121")
	// ok: go-keys-lookup
	show := os.Getenv("TITLE")
	// ok: go-keys-assignment
	same := host == "10.0.0.121"
}

// ruleid: go-keys-struct
type DatabaseConfig struct {
	// ruleid: go-keys-tag
	Host string `env:"DB_HOST" envDefault:"10.0.0.121"`
	// ruleid: go-keys-tag
	Port int `env:"DB_PORT" envDefault:"5432"`
}

// ruleid: go-keys-struct
type Cache struct {
	// ruleid: go-keys-tag
	Address string `default:"10.0.0.121:6379" envconfig:"REDIS_ADDR"`
	// ok: go-keys-tag
	Title string `default:"orders"`
}

// ruleid: go-keys-struct
type Search struct {
	// ruleid: go-keys-tag
	Servers []string `env:"ES_SERVERS" env-default:"10.0.0.120,10.0.0.121"`
}

// ok: go-keys-struct
type Plain struct {
	// ok: go-keys-tag
	Host string `json:"host"`
}

// ok: go-keys-struct
type Empty struct{}

// ok: go-keys-struct
type Named interface{}

// ok: go-keys-tag
const example = 1
