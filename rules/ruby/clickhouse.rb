require 'click_house'

# ruleid: ruby-clickhouse-host
a = ClickHouse::Config.new(url: 'http://10.0.0.121:8123', database: 'orders')
# ruleid: ruby-clickhouse-host
Clickhouse.establish_connection(host: '10.0.0.121', port: 8123)
# ruleid: ruby-clickhouse-host
Clickhouse.establish_connection(url: 'http://10.0.0.121:8123')
# ok: ruby-clickhouse-host
b = ClickHouse::Config.new(database: 'orders')
# ok: ruby-clickhouse-host
c = Faraday.new(url: 'http://10.0.0.121:8123')
# ok: ruby-clickhouse-host
d = Net::SMTP.start(host: '10.0.0.121')
