package main

import "go.mongodb.org/mongo-driver/mongo/options"

const uri = "mongodb://10.0.0.121:27017"

func open() {
	// ruleid: go-mongodb-dsn
	a, err := mongo.Connect(ctx, options.Client().ApplyURI("mongodb://10.0.0.120:27017,10.0.0.121:27017/?replicaSet=rs0"))
	// ruleid: go-mongodb-dsn
	b, err := mongo.Connect(ctx, options.Client().SetTimeout(10).ApplyURI(uri))
	// ruleid: go-mongodb-dsn
	c, err := mgo.Dial("10.0.0.121:27017")
	// ok: go-mongodb-dsn
	d, err := net.Dial("tcp", "10.0.0.121:27017")
	// ok: go-mongodb-dsn
	e := options.Client().SetAppName("10.0.0.121")
	// ok: go-mongodb-dsn
	f, err := url.Parse("mongodb://10.0.0.121")

	// ruleid: go-mongodb-host
	g := options.Client().SetHosts([]string{"10.0.0.120:27017", "10.0.0.121:27017"})
	// ruleid: go-mongodb-host
	h, err := mgo.DialWithInfo(&mgo.DialInfo{Addrs: []string{"10.0.0.121"}, Database: "orders"})
	// ruleid: go-mongodb-host
	i := options.Client().SetAuth(credential).SetHosts([]string{getEnv("MONGO_HOST", "10.0.0.121")})
	// ok: go-mongodb-host
	j := grpc.DialInfo{Addrs: []string{"10.0.0.121"}}
	// ok: go-mongodb-host
	k := options.Client().SetMaxPoolSize(10)
	// ok: go-mongodb-host
	l := proxy.Options{Hosts: []string{"10.0.0.121"}}
}
