package main

import "fmt"

// ruleid: go-dsn-string
const fixed = "postgres://app@10.0.0.121:5432/orders?sslmode=disable"

func strings(password string) []string {
	// ruleid: go-dsn-string
	keywords := fmt.Sprintf("host=10.0.0.121 port=5432 user=app password=%s dbname=orders", password)
	// ruleid: go-dsn-string, go-dsn-concatenation
	joined := "mysql://app:" + password + "@10.0.0.121:3306/orders"
	// ruleid: go-dsn-string
	raw := `app:secret@tcp(10.0.0.121:3306)/orders`
	// ok: go-dsn-string, go-dsn-concatenation
	word := "orders" + "-db"
	// ok: go-dsn-string
	query := "select host from servers"
	// ok: go-dsn-string, go-dsn-concatenation
	number := 5432
	return nil
}
