# ruleid: ruby-oracle-dsn
a = OCI8.new('app', password, '//10.0.0.121:1521/orders')
# ruleid: ruby-oracle-dsn
b = OCI8.new("app", ENV["SECRET"], "10.0.0.121:1521/orders")
# ruleid: ruby-oracle-dsn
c = OCI8.new('sys', password, '10.0.0.121/orders', :SYSDBA)
# ok: ruby-oracle-dsn
d = OCI8.new('app/secret')
# ok: ruby-oracle-dsn
e = OCI8::ConnectionPool.new
# ok: ruby-oracle-dsn
f = Net::SSH.start('app', 'x', '10.0.0.121')
