require 'cassandra'

# ruleid: ruby-cassandra-host
a = Cassandra.cluster(hosts: ['10.0.0.120', '10.0.0.121'], port: 9042)
# ruleid: ruby-cassandra-host
b = Cassandra.cluster(:hosts => ['10.0.0.121'])
nodes = ['10.0.0.121']
# ruleid: ruby-cassandra-host
c = Cassandra.cluster(hosts: nodes)
# ok: ruby-cassandra-host
d = Cassandra.cluster(port: 9042)
# ok: ruby-cassandra-host
e = Etcd.client(hosts: ['10.0.0.121'])
# ok: ruby-cassandra-host
f = TCPSocket.new('10.0.0.121', 9042)
