require 'net/ssh'

# ruleid: ruby-http-host
Net::SSH.start('10.0.0.121', 'root')
# ruleid: ruby-http-host
a = HTTParty.get('http://10.0.0.121:8008/primary')
# ruleid: ruby-http-host
b = Faraday.new(url: 'http://10.0.0.121:8008')
# ok: ruby-http-host
c = PG.connect(host: '10.0.0.121')
# ok: ruby-http-host
d = URI('http://10.0.0.121:8008')
# ok: ruby-http-host
e = TCPSocket.new('10.0.0.121', 5432)
