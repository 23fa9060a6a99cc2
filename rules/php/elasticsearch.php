<?php
// ruleid: php-elasticsearch-host
$a = Elasticsearch\ClientBuilder::create()->setHosts(['10.0.0.120:9200', '10.0.0.121:9200'])->build();
// ruleid: php-elasticsearch-host
$b = new \Elastica\Client(['host' => '10.0.0.121', 'port' => 9200]);
$hosts = ['http://10.0.0.121:9200'];
// ruleid: php-elasticsearch-host
$c = ClientBuilder::create()->setHosts($hosts)->build();
// ok: php-elasticsearch-host
$d = ClientBuilder::create()->setRetries(2)->build();
// ok: php-elasticsearch-host
$e = new Mailer(['host' => '10.0.0.121']);
// ok: php-elasticsearch-host
$f = $curl->setUrl('http://10.0.0.121:9200');
