require 'mongo'

# ruleid: ruby-mongodb-host
a = Mongo::Client.new(['10.0.0.120:27017', '10.0.0.121:27017'], database: 'orders')
# ruleid: ruby-mongodb-host
b = Mongo::Client.new('mongodb://10.0.0.121:27017/orders')
# ruleid: ruby-mongodb-host
c = Mongo::Client.new("mongodb://#{user}@10.0.0.121")
# ok: ruby-mongodb-host
d = Net::SSH.start('10.0.0.121', 'root')
# ok: ruby-mongodb-host
e = Faraday.new('http://10.0.0.121')
# ok: ruby-mongodb-host
f = Mongo::Logger.new('10.0.0.121')
