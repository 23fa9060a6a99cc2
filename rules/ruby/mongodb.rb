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

Mongoid.configure do |config|
  # ruleid: ruby-mongoid-host
  config.clients.default = { hosts: ['10.0.0.121:27017'], database: 'orders' }
  # ruleid: ruby-mongoid-host
  config.clients = { default: { database: 'orders', hosts: ['10.0.0.121:27017'] } }
  # ok: ruby-mongoid-host
  config.sessions.default = { database: 'orders' }
  # ok: ruby-mongoid-host
  config.allowed.default = { hosts: ['10.0.0.121'] }
end
# ruleid: ruby-mongoid-host
Mongoid.load_configuration({ clients: { default: { hosts: ['10.0.0.121:27017'], database: 'orders' } } })
# ok: ruby-mongoid-host
Rails.load_configuration({ hosts: ['10.0.0.121'] })
