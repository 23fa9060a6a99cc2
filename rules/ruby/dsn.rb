# ruleid: ruby-dsn-string
FIXED = "postgres://app@10.0.0.121:5432/orders"
# ruleid: ruby-dsn-string
keywords = 'host=10.0.0.121 port=5432 dbname=orders'
# ruleid: ruby-dsn-template, ruby-dsn-string
url = "mysql2://app:#{password}@10.0.0.121:3306/orders"
# ruleid: ruby-dsn-concatenation, ruby-dsn-string
joined = "mongodb://app:" + password + "@10.0.0.121:27017"
# ok: ruby-dsn-string, ruby-dsn-template, ruby-dsn-concatenation
name = "orders" + suffix
# ok: ruby-dsn-template
hello = "hello #{name}"
# ok: ruby-dsn-string
query = "select host from servers"
