require 'pg'

# ruleid: ruby-postgres-host
a = PG.connect(host: '10.0.0.121', port: 5432, dbname: 'orders')
# ruleid: ruby-postgres-host
b = PG.connect(:dbname => 'orders', :host => '10.0.0.121')
# ruleid: ruby-postgres-host
c = PG::Connection.new(host: ENV['PGHOST'] || '10.0.0.121')
# ruleid: ruby-postgres-host
m = PGconn.open(:host => '10.0.0.121', :dbname => 'orders')
# ruleid: ruby-postgres-host
n = PGconn.connect('10.0.0.121', 5432, '', '', 'orders')
# ok: ruby-postgres-host
o = PGresult.new(:host => '10.0.0.121')
# ok: ruby-postgres-host
d = TCPSocket.new('10.0.0.121', 5432)
# ok: ruby-postgres-host
e = Net::SMTP.start(host: '10.0.0.121')
# ok: ruby-postgres-host
f = PG.connect(dbname: 'orders')

# ruleid: ruby-postgres-dsn
g = PG.connect('host=10.0.0.121 dbname=orders')
# ruleid: ruby-postgres-dsn
h = PG::Connection.new("postgres://app:#{password}@10.0.0.121/orders")
url = 'postgres://10.0.0.121/orders'
# ruleid: ruby-postgres-dsn
i = PG.connect(url)
# ruleid: ruby-postgres-dsn
p = PGconn.connect('host=10.0.0.121 dbname=orders')
# ok: ruby-postgres-dsn
j = URI.parse('http://10.0.0.121')
# ok: ruby-postgres-dsn
k = Bunny.connect('amqp://10.0.0.121')
# ok: ruby-postgres-dsn
l = PG.library_version
