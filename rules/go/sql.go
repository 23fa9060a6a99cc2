package main

import (
	"database/sql"

	"github.com/jmoiron/sqlx"
)

const dsn = "app:secret@tcp(10.0.0.121:3306)/orders"

func open(password string) {
	// ruleid: go-sql-dsn
	a, err := sql.Open("mysql", "app:secret@tcp(10.0.0.121:3306)/orders")
	// ruleid: go-sql-dsn
	b, err := sql.Open("postgres", fmt.Sprintf("host=10.0.0.121 password=%s", password))
	// ruleid: go-sql-dsn
	c, err := sqlx.ConnectContext(ctx, "mysql", dsn)
	// ruleid: go-sql-dsn
	d, err := sql.Open("sqlserver", "sqlserver://app:"+password+"@10.0.0.121:1433?database=orders")
	// ok: go-sql-dsn
	e, err := os.Open("10.0.0.121")
	// ok: go-sql-dsn
	f, err := zip.OpenReader("orders.zip", "10.0.0.121")
	// ok: go-sql-dsn
	g, err := a.Query("select inet '10.0.0.121'")
}
