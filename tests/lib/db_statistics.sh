#!/usr/bin/env bash
# db_statistics.sh TEST: runs a test of the queue while the server believes something untrue of its
# tables, three things in turn. What a page reads may not hang on what the server thinks: on a busy day
# it is as wrong as this. Needs PORTAL_DB_*, and the account that may do everything.
set -euo pipefail
test=$1 output=$(mktemp)

root() {
	mariadb --no-defaults --socket="$PORTAL_DB_SOCKET" --user="$(id -un)" --batch \
		--skip-column-names "$@"
}

# What MariaDB believes before anything InnoDB tells it; there is nothing in these on our servers.
# shellcheck disable=SC2317
truth() {
	root mysql <<-SQL
		DELETE FROM table_stats WHERE db_name = '$PORTAL_DB_NAME';
		DELETE FROM index_stats WHERE db_name = '$PORTAL_DB_NAME';
		FLUSH TABLES;
	SQL
}

# lie ROWS ALIKE: so many rows in each table of applications and people; ALIKE says of an index, as SQL,
# how many rows it does not tell apart.
lie() {
	truth
	root mysql <<-SQL
		INSERT INTO table_stats (db_name, table_name, cardinality)
			SELECT table_schema, table_name, $1 FROM information_schema.tables
			WHERE table_schema = '$PORTAL_DB_NAME'
				AND (table_name LIKE 'application%' OR table_name IN ('bureau', 'staff', 'unit'));
		INSERT INTO index_stats (db_name, table_name, index_name, prefix_arity, avg_frequency)
			SELECT table_schema, table_name, index_name, seq_in_index, $2
			FROM information_schema.statistics
			WHERE table_schema = '$PORTAL_DB_NAME'
				AND (table_name LIKE 'application%' OR table_name IN ('bureau', 'staff', 'unit'));
		FLUSH TABLES;
	SQL
}

# shellcheck disable=SC2317
finish() {
	truth
	rm -f "$output"
}
trap finish EXIT

failed=0
while IFS=: read -r name rows alike; do
	lie "$rows" "$alike"
	"$test" >"$output" 2>&1 && continue
	printf 'while the server believes that %s:\n' "$name"
	grep -v ' passed$' "$output" || true
	failed=1
done <<-'LIES'
	an application has all the events there are:5000000:IF(index_name = 'by_application', 5000000, 1)
	only primary keys tell rows apart:5000000:IF(index_name = 'PRIMARY', 1, 5000000)
	there is next to nothing in any table:1:1
LIES
exit $failed
