package main

import "net/http"

func operate() {
	// ruleid: go-http-host
	a, err := http.Get("http://10.0.0.121:8008/primary")
	// ruleid: go-http-host
	b, err := ssh.Dial("tcp", "10.0.0.121:22", config)
	// ruleid: go-http-host
	c := &http.Server{Addr: "10.0.0.121:8080"}
	// ok: go-http-host
	d, err := sql.Open("postgres", "host=10.0.0.121")
	// ok: go-http-host
	e, err := net.Dial("tcp", "10.0.0.121:5432")
	// ok: go-http-host
	f := redis.Options{Addr: "10.0.0.121:6379"}
}
