package main

import (
	"github.com/go-sql-driver/mysql"
	"gorm.io/gorm"
)

func open(password string) {
	// ruleid: go-mysql-host
	a := mysql.Config{User: "app", Passwd: password, Net: "tcp", Addr: "10.0.0.121:3306", DBName: "orders"}
	config := mysql.NewConfig()
	// ruleid: go-mysql-host
	config.Addr = "10.0.0.121:3306"
	// ruleid: go-mysql-host
	b, err := client.Connect("10.0.0.121:3306", "app", password, "orders")
	// ok: go-mysql-host
	config.Timeout = 10
	// ok: go-mysql-host
	web := http.Server{Addr: "10.0.0.121:8080"}
	// ok: go-mysql-host
	c := mysql.Config{User: "app"}

	// ruleid: go-mysql-dsn
	d, err := gorm.Open(mysql.Open("app:secret@tcp(10.0.0.121:3306)/orders?parseTime=true"), &gorm.Config{})
	// ruleid: go-mysql-dsn
	e, err := mysql.ParseDSN(fmt.Sprintf("app:%s@tcp(%s:3306)/orders", password, "10.0.0.121"))
	// ruleid: go-mysql-dsn
	f, err := gorm.Open(mysql.New(mysql.Config{DSN: "app@tcp(10.0.0.121)/orders"}), &gorm.Config{})
	// ok: go-mysql-dsn
	g, err := os.Open("10.0.0.121")
	// ok: go-mysql-dsn
	h, err := url.Parse("mysql.internal")
	// ok: go-mysql-dsn
	i := mysql.Config{DBName: "orders"}
}
