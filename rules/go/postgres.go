package main

import (
	"github.com/go-pg/pg/v10"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
)

const primary = "10.0.0.121"

func open() {
	// ruleid: go-postgres-host
	a := pgx.ConnConfig{Config: pgconn.Config{Host: "10.0.0.121", Port: 5432}}
	// ruleid: go-postgres-host
	b := pg.Connect(&pg.Options{Addr: net.JoinHostPort("10.0.0.121", "5432"), User: "app"})
	// ruleid: go-postgres-host
	c := pg.Connect(&pg.Options{User: "app", Addr: primary + ":5432"})
	// ruleid: go-postgres-host
	d := pgdriver.NewConnector(pgdriver.WithAddr("10.0.0.121:5432"))
	// ruleid: go-postgres-dsn
	config, err := pgxpool.ParseConfig(settings.String())
	// ruleid: go-postgres-host
	config.ConnConfig.Host = "10.0.0.121"
	// ok: go-postgres-host
	config.MaxConns = 10
	// ok: go-postgres-host
	web := http.Server{Addr: "10.0.0.121:8080"}
	// ok: go-postgres-host
	f := pg.Connect(&pg.Options{User: "app"})

	// ruleid: go-postgres-dsn
	g, err := pgx.Connect(ctx, "postgres://app@10.0.0.121:5432/orders")
	// ruleid: go-postgres-dsn
	h, err := pgxpool.New(ctx, fmt.Sprintf("host=%s port=5432 dbname=orders", "10.0.0.121"))
	dsn := "host=10.0.0.121 user=app dbname=orders port=5432 sslmode=disable"
	// ruleid: go-postgres-dsn
	i, err := gorm.Open(postgres.Open(dsn), &gorm.Config{})
	// ruleid: go-postgres-dsn
	j, err := gorm.Open(postgres.New(postgres.Config{DSN: "host=10.0.0.121 dbname=orders"}), &gorm.Config{})
	// ok: go-postgres-dsn
	k, err := sqlite.Open("orders.db")
	// ok: go-postgres-dsn
	l, err := websocket.Connect(ctx, "ws://10.0.0.121/live")
	// ok: go-postgres-dsn
	m, err := other.ParseConfig("host=10.0.0.121")
}
