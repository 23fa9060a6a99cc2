package main

import "gorm.io/driver/sqlserver"

func open(password string) {
	// ruleid: go-mssql-dsn
	a, err := gorm.Open(sqlserver.Open("sqlserver://app@10.0.0.121:1433?database=orders"), &gorm.Config{})
	// ruleid: go-mssql-dsn
	b, err := mssql.NewConnector("server=10.0.0.121;port=1433;database=orders;password=" + password)
	// ruleid: go-mssql-dsn
	c, err := msdsn.Parse(fmt.Sprintf("server=%s;user id=app", "10.0.0.121"))
	// ok: go-mssql-dsn
	d, err := url.Parse("10.0.0.121")
	// ok: go-mssql-dsn
	e, err := amqp.NewConnector("10.0.0.121")
	// ok: go-mssql-dsn
	f, err := os.Open("sqlserver.log")

	// ruleid: go-mssql-host
	g := msdsn.Config{Host: "10.0.0.121", Port: 1433}
	// ruleid: go-mssql-host
	h := url.URL{Scheme: "sqlserver", User: user, Host: "10.0.0.121:1433"}
	// ruleid: go-mssql-host
	i := &url.URL{Scheme: "sqlserver", Host: net.JoinHostPort("10.0.0.121", "1433")}
	// ok: go-mssql-host
	j := url.URL{Scheme: "https", Host: "10.0.0.121:1433"}
	// ok: go-mssql-host
	k := msdsn.Config{Database: "orders"}
	// ok: go-mssql-host
	l := ssh.Config{Host: "10.0.0.121"}
}
