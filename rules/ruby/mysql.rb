require 'mysql2'

# ruleid: ruby-mysql-host
a = Mysql2::Client.new(host: "10.0.0.121", username: "app")
# ruleid: ruby-mysql-host
b = Mysql2::Client.new(:username => "app", :host => "10.0.0.121")
# ruleid: ruby-mysql-host
c = Trilogy.new(host: "10.0.0.121", port: 3306)
# ok: ruby-mysql-host
d = Mysql2::Client.new(username: "app")
# ok: ruby-mysql-host
e = Net::FTP.new("10.0.0.121")
# ok: ruby-mysql-host
f = Redis.new(host: "10.0.0.121")
