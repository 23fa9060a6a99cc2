package main

import "github.com/gocql/gocql"

func open() {
	// ruleid: go-cassandra-host
	a := gocql.NewCluster("10.0.0.120", "10.0.0.121")
	// ruleid: go-cassandra-host
	cluster := gocql.NewCluster()
	// ruleid: go-cassandra-host
	cluster.Hosts = []string{"10.0.0.120:9042", "10.0.0.121:9042"}
	// ruleid: go-cassandra-host
	b := gocql.ClusterConfig{Keyspace: "orders", Hosts: []string{"10.0.0.121"}}
	// ok: go-cassandra-host
	cluster.Keyspace = "orders"
	// ok: go-cassandra-host
	c := raft.NewCluster("10.0.0.120", "10.0.0.121")
	// ok: go-cassandra-host
	d := gocql.ClusterConfig{Keyspace: "orders"}
}
