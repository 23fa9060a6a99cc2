package main

import go_ora "github.com/sijms/go-ora/v2"

func open(password string) {
	// ruleid: go-oracle-host
	a := go_ora.BuildUrl("10.0.0.121", 1521, "orders", "app", password, nil)
	// ruleid: go-oracle-host
	b := godror.ConnectionParams{Username: "app", ConnectString: "10.0.0.121:1521/orders"}
	// ruleid: go-oracle-host
	c, err := gorm.Open(oracle.Open("oracle://app@10.0.0.121:1521/orders"), &gorm.Config{})
	// ok: go-oracle-host
	d := web.BuildUrl("10.0.0.121", 8080)
	// ok: go-oracle-host
	e := godror.ConnectionParams{Username: "app"}
	// ok: go-oracle-host
	f, err := os.Open("10.0.0.121")
}
