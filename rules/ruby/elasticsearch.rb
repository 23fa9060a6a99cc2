require 'elasticsearch'

# ruleid: ruby-elasticsearch-host
a = Elasticsearch::Client.new(url: "http://10.0.0.121:9200", log: true)
# ruleid: ruby-elasticsearch-host
b = OpenSearch::Client.new(hosts: ["https://10.0.0.120:9200", "https://10.0.0.121:9200"])
# ruleid: ruby-elasticsearch-host
c = Elasticsearch::Client.new(host: "10.0.0.121:9200")
# ok: ruby-elasticsearch-host
d = Elasticsearch::Client.new(log: true)
# ok: ruby-elasticsearch-host
e = Faraday.new(url: "http://10.0.0.121:9200")
# ok: ruby-elasticsearch-host
f = HTTParty.get("http://10.0.0.121:9200")
