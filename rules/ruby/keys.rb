# ruleid: ruby-keys-assignment
DB_HOST = "10.0.0.121"
# ok: ruby-keys-assignment
TITLE = "10.0.0.121"
# ruleid: ruby-keys-assignment
@db_host = "10.0.0.121"
# ruleid: ruby-keys-assignment
gitlab_rails['db_host'] = "10.0.0.121"
# ok: ruby-keys-assignment
db_host = find_host
# ruleid: ruby-keys-call
use ENV.fetch("DB_HOST", "10.0.0.121")
# ruleid: ruby-keys-call
use ENV.fetch("DB_HOST") { "10.0.0.121" }
# ruleid: ruby-keys-call
use(ENV["DB_HOST"] || "10.0.0.121")
# ruleid: ruby-keys-call
set :db_host, "10.0.0.121"
# ok: ruby-keys-call
use ENV.fetch("TITLE", "10.0.0.121")
# ok: ruby-keys-call
use ENV["DB_HOST"]
# ok: ruby-keys-call
compare :db_host, "10.0.0.121"
# ruleid: ruby-keys-map, ruby-keys-entry, ruby-keys-named-map
settings = { database: { host: "10.0.0.121", port: 5432 } }
# ruleid: ruby-keys-map, ruby-keys-entry, ruby-keys-named-map
environment = { "DB_HOST" => "10.0.0.121" }
# ruleid: ruby-keys-map, ruby-keys-entry
connect(adapter: "postgresql", host: "10.0.0.121")
# ok: ruby-keys-map, ruby-keys-entry
# ruleid: ruby-keys-named-map
size = { width: 1 }
# ok: ruby-keys-named-map
title = "10.0.0.121"
