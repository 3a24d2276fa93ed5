# The private MariaDB: its files, its server, its accounts. Sourced.
# shellcheck shell=bash

# Tables that only grow: no account of ours may do more than add to them and read them.
APPEND_ONLY="'application_decision', 'application_event', 'audit', 'audit_check', 'audit_seal'"
# Kept by `portal migrate`.
READ_ONLY="'platform_key', 'schema_begun', 'schema_migration'"

# shellcheck disable=SC2054,SC2206
DB_SERVER=(
	mariadbd --no-defaults
	--datadir="$VAR/db"
	--socket="$DB_SOCKET"
	--pid-file="$VAR/run-db/mariadb.pid"
	--skip-networking --skip-name-resolve --local-infile=0
	--character-set-server=utf8mb4 --collation-server=utf8mb4_nopad_bin
	--default-time-zone=+00:00
	--sql-mode=TRADITIONAL,NO_ENGINE_SUBSTITUTION
	# What was answered stays, also when the power fails.
	--innodb-flush-log-at-trx-commit=1 --innodb-doublewrite=1
	--innodb-buffer-pool-size="${JIERU_DB_MEMORY:-256M}" --innodb-log-file-size=128M
	--max-connections=200 --max-allowed-packet=16M
	${JIERU_DB_OPTIONS:-}
)

# db_root [OPTION...]: statements from standard input, as the account of whoever started us.
db_root() {
	mariadb --no-defaults --socket="$DB_SOCKET" --user="$(id -un)" \
		--default-character-set=utf8mb4 --batch --skip-column-names "$@"
}

db_answers() {
	db_root --execute 'SELECT 1'
}

# Made beside its place and moved there whole, so what lies in var/db is always a finished database
# and nothing in it is ever thrown away but by --reset.
db_create() {
	local owner new=$VAR/db.new

	owner=$(id -un)
	say "creating the database"
	rm -rf "$new" # what an interrupted attempt left
	mkdir -m 700 "$new"
	[ "$(id -u)" != 0 ] || chown "$DB_USER" "$new"
	# No password for anyone: only the system account of the same name may be root here.
	logged db-create "MariaDB could not create its files in $new" \
		as "$DB_USER" mariadb-install-db --no-defaults --datadir="$new" --skip-test-db \
		--skip-name-resolve --auth-root-authentication-method=socket \
		--auth-root-socket-user="$owner"
	rmdir "$VAR/db" 2>/dev/null || [ ! -e "$VAR/db" ] ||
		die "$VAR/db holds something that is no database; move it away first"
	mv "$new" "$VAR/db"
}

db_start() {
	[ -d "$VAR/db/mysql" ] || db_create
	DB_RAN=$(pid_of db) || DB_RAN=''
	if ! pid_of db >/dev/null; then
		start db "$DB_USER" "${DB_SERVER[@]}" --user="$DB_USER"
	fi
	wait_for db 60 db_answers
}

# What was made before version 1 of the schema (sql/schema) cannot be brought up to date: its rows of
# schema_migration are those of the migrations it had instead.
db_refuse_older() {
	local older

	older=$(db_root <<-SQL
		SELECT COUNT(*) FROM information_schema.tables
		WHERE table_schema = 'jieru' AND table_name = 'schema_migration';
	SQL
	)
	[ "$older" = 0 ] || older=$(db_root jieru <<-SQL
		SELECT COUNT(*) FROM schema_migration WHERE number = 1 AND name <> 'schema';
	SQL
	)
	[ "$older" = 0 ] && return
	[ -n "$DB_RAN" ] || stop db 10
	die "the data in $VAR is of a version before this one's first schema and has" \
		"to be started from empty (deploy/up --reset); nothing has been touched"
}

# The two accounts. Passwords are hexadecimal digits, so nothing in them needs quoting. Changing
# tables is taken back by db_grants.
db_accounts() {
	db_root <<-SQL
		CREATE DATABASE IF NOT EXISTS jieru
			CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin;
		CREATE USER IF NOT EXISTS jieru@localhost;
		ALTER USER jieru@localhost IDENTIFIED BY '$DB_PASSWORD';
		CREATE USER IF NOT EXISTS jieru_admin@localhost;
		ALTER USER jieru_admin@localhost IDENTIFIED BY '$DB_ADMIN_PASSWORD';
		GRANT ALL PRIVILEGES ON jieru.* TO jieru_admin@localhost;
	SQL
}

# grant_each ACCOUNT READ_ONLY: what an account may do, table by table: MariaDB cannot grant a schema
# and then except a table. Grants only ever add, so whoever is at work never loses a right for a moment.
grant_each() {
	db_root <<-SQL | db_root
		SELECT CONCAT('GRANT ',
			CASE WHEN table_name IN ($APPEND_ONLY) THEN 'SELECT, INSERT'
			     WHEN table_name IN ($2) THEN 'SELECT'
			     ELSE 'SELECT, INSERT, UPDATE, DELETE' END,
			' ON jieru.\`', table_name, '\` TO $1;')
		FROM information_schema.tables
		WHERE table_schema = 'jieru' AND table_type = 'BASE TABLE'
	SQL
}

# Once the tables are up to date nobody needs to change them, and so nobody can cut the trail.
db_grants() {
	grant_each jieru@localhost "$READ_ONLY"
	grant_each jieru_admin@localhost "''"
	db_root <<<'REVOKE ALL PRIVILEGES ON jieru.* FROM jieru_admin@localhost;'
}

# admin ARGUMENT...: the program with the account that may change tables.
admin() {
	PORTAL_ENV_FILE=$VAR/admin.env "$PORTAL" "$@"
}

# Tables first, then what stands in them from the start.
db_load() {
	admin migrate
	unless_same "$VAR/seeded" "$(fingerprint "$ROOT/sql/seed" "$ROOT/deploy/seed") demo=$DEMO" seed
}

seed() {
	say "loading regions and bureaus${DEMO:+, and the demo data}"
	PORTAL=$PORTAL PORTAL_ENV_FILE=$VAR/admin.env "$ROOT/deploy/seed" ${DEMO:+--demo}
}
