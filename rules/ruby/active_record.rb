require 'sequel'

# ruleid: ruby-active-record-host
ActiveRecord::Base.establish_connection(adapter: "postgresql", host: "10.0.0.121")
# ruleid: ruby-active-record-host
a = Sequel.connect(adapter: 'mysql2', host: '10.0.0.121', database: 'orders')
# ruleid: ruby-active-record-host
b = TinyTds::Client.new(username: 'app', host: '10.0.0.121', port: 1433)
# ok: ruby-active-record-host
c = Sequel.sqlite('orders.db')
# ok: ruby-active-record-host
d = Net::SMTP.start(host: '10.0.0.121')
# ok: ruby-active-record-host
ActiveRecord::Base.connection_pool(host: "10.0.0.121")

# ruleid: ruby-active-record-dsn
e = Sequel.connect('postgres://app@10.0.0.121/orders')
# ruleid: ruby-active-record-dsn
ActiveRecord::Base.establish_connection("mysql2://app:#{password}@10.0.0.121/orders")
# ruleid: ruby-active-record-dsn
f = DBI.connect('DBI:Pg:host=10.0.0.121;dbname=orders', 'app', password)
# ok: ruby-active-record-dsn
g = Faraday.connect('http://10.0.0.121')
# ok: ruby-active-record-dsn
h = URI('postgres://10.0.0.121')
# ok: ruby-active-record-dsn
i = Sequel.extension('migration')
