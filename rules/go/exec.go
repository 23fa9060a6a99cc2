package main

import (
	"context"
	"os/exec"
)

const node = "10.0.0.121"

func load(ctx context.Context, file string) error {
	// ruleid: go-exec-postgres
	_ = exec.Command("psql", "-h", "10.0.0.121", "-d", "app", "-f", file).Run()
	// ruleid: go-exec-postgres
	_ = exec.Command("/usr/bin/pg_dump", "--host", node, "app").Run()
	// ruleid: go-exec-postgres
	_ = exec.CommandContext(ctx, "pg_restore", "-d", "app", "-h", "10.0.0.121", file).Run()
	// ok: go-exec-postgres
	_ = exec.Command("psql", "-h", "10.0.0.121", "-Atc", "select pg_is_in_recovery()").Run()
	// ok: go-exec-postgres
	_ = exec.Command("pg_isready", "-h", "10.0.0.121").Run()
	// ok: go-exec-postgres
	_ = exec.Command("ssh", "root@10.0.0.121", "psql", "-h", "localhost").Run()
	// ok: go-exec-postgres
	_ = exec.Command("du", "-h", "10.0.0.121").Run()

	// ruleid: go-exec-mysql
	_ = exec.Command("mysql", "-u", "app", "-h", "10.0.0.121", "-e", "delete from a").Run()
	// ruleid: go-exec-mysql
	_ = exec.Command("mysqldump", "-h", node, "app").Run()
	// ruleid: go-exec-mysql
	_ = exec.CommandContext(ctx, "mariadb", "-h", "10.0.0.121", "app").Run()
	// ok: go-exec-mysql
	_ = exec.Command("mysql", "-h", "10.0.0.121", "-e", "SHOW STATUS LIKE 'wsrep_cluster_size'").Run()
	// ok: go-exec-mysql
	_ = exec.Command("mysqladmin", "-h", "10.0.0.121", "ping").Run()
	// ok: go-exec-mysql
	return exec.Command("mysql", "--version").Run()
}
