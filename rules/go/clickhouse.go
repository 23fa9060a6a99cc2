package main

import "github.com/ClickHouse/clickhouse-go/v2"

func open() {
	// ruleid: go-clickhouse-host
	a, err := clickhouse.Open(&clickhouse.Options{Addr: []string{"10.0.0.121:9000"}})
	// ruleid: go-clickhouse-host
	b := clickhouse.OpenDB(&clickhouse.Options{Protocol: clickhouse.HTTP, Addr: []string{fmt.Sprintf("%s:%d", "10.0.0.121", 8123)}})
	// ruleid: go-clickhouse-host
	c, err := ch.Dial(ctx, ch.Options{Address: "10.0.0.121:9000"})
	// ok: go-clickhouse-host
	d := clickhouse.Options{Protocol: clickhouse.HTTP}
	// ok: go-clickhouse-host
	e := http.Server{Addr: "10.0.0.121:9000"}
	// ok: go-clickhouse-host
	f, err := net.Dial("tcp", "10.0.0.121:9000")

	// ruleid: go-clickhouse-dsn
	g, err := clickhouse.ParseDSN("clickhouse://app@10.0.0.121:9000/orders")
	// ruleid: go-clickhouse-dsn
	h := gorm.Config{Dialector: driver.New(clickhouse.Config{DSN: "clickhouse://10.0.0.121:9000/orders"})}
	dsn := "clickhouse://10.0.0.121:9000"
	// ruleid: go-clickhouse-dsn
	i, err := clickhouse.ParseDSN(dsn)
	// ok: go-clickhouse-dsn
	j, err := net.ParseDSN("10.0.0.121:9000")
	// ok: go-clickhouse-dsn
	k := clickhouse.Config{Conn: pool}
	// ok: go-clickhouse-dsn
	l, err := url.Parse("clickhouse.internal")
}
