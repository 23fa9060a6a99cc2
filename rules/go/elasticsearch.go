package main

import "github.com/elastic/go-elasticsearch/v8"

func open() {
	// ruleid: go-elasticsearch-host
	a, err := elasticsearch.NewClient(elasticsearch.Config{Addresses: []string{"http://10.0.0.121:9200"}})
	// ruleid: go-elasticsearch-host
	b := opensearch.Config{Username: "app", Addresses: []string{"https://10.0.0.120:9200", "https://10.0.0.121:9200"}}
	nodes := []string{"http://10.0.0.121:9200"}
	// ruleid: go-elasticsearch-host
	c, err := elasticsearch.NewTypedClient(elasticsearch.Config{Addresses: nodes})
	// ok: go-elasticsearch-host
	d := elasticsearch.Config{CloudID: "orders"}
	// ok: go-elasticsearch-host
	e := network.Config{Addresses: []string{"http://10.0.0.121:9200"}}
	// ok: go-elasticsearch-host
	f, err := http.Get("http://10.0.0.121:9200/_cluster/health")

	// ruleid: go-elasticsearch-url
	g, err := elastic.NewClient(elastic.SetURL("http://10.0.0.121:9200"), elastic.SetSniff(false))
	const address = "http://10.0.0.121:9200"
	// ruleid: go-elasticsearch-url
	h, err := elastic.NewClient(elastic.SetURL(address))
	// ruleid: go-elasticsearch-url
	i := config.Config{Elastic: elastic.Config{URL: "http://10.0.0.121:9200"}}
	// ok: go-elasticsearch-url
	j, err := elastic.NewClient(elastic.SetSniff(false))
	// ok: go-elasticsearch-url
	k := web.SetURL("http://10.0.0.121:8080")
	// ok: go-elasticsearch-url
	l := web.Config{URL: "http://10.0.0.121:8080"}
}
