#!/bin/sh
# Who may include whom. A layer that reaches up is an error with a line number; two files that need
# each other are one, too.
#   fcgi <- handlers/rules <- sql <- handlers <- handlers/site/main.c ; mysql.h only in sql/db/
cd "$(dirname "$0")/../.." || exit 2
bad=0

# forbid WHY PATTERN FILES: no file may hold a line that matches.
forbid() {
	why=$1 pattern=$2
	shift 2
	found=$(grep -nE -- "$pattern" "$@" /dev/null) || return 0
	printf '%s:\n%s\n' "$why" "$found"
	bad=1
}

# sources FOLDER: the C files below it, without those of rules/.
sources() {
	find "$1" -name '*.[ch]' ! -path 'handlers/rules/*'
}

# shellcheck disable=SC2046  # no file name of ours holds a blank
{
	forbid 'fcgi/ knows no domain and no SQL' '#include "(handlers|sql)/' $(sources fcgi)
	forbid 'the rooms of fcgi/: base <- crypto <- store, paper, table <- http' '#include "fcgi/(crypto|store|paper|table|http)/' \
		$(sources fcgi/base)
	forbid 'fcgi/crypto stands on base' '#include "fcgi/(store|paper|table|http)/' $(sources fcgi/crypto)
	forbid 'fcgi/http stands on the others' '#include "fcgi/http/' $(sources fcgi/store) \
		$(sources fcgi/paper) $(sources fcgi/table)
	forbid 'rules are pure: no request, no store, no clock' \
		'#include ("(sql/|handlers/[^r]|fcgi/http/(request|session|config|route)|fcgi/store/file|fcgi/base/log)|<(mysql|hiredis|fcgi|time\.h|sys/time))' \
		$(find handlers/rules -name '*.[ch]')
	forbid 'sql/ knows no HTTP and no JSON' \
		'#include ("handlers/[^r]|"handlers/r[^u]|"fcgi/(http/(request|route|session)|store/kv)\.h|<(fcgi|jansson|hiredis))' \
		$(sources sql)
	forbid 'SQL lives in sql/' '"(SELECT|INSERT INTO|UPDATE|DELETE FROM|REPLACE INTO) ' \
		$(find handlers -name '*.[ch]')
	forbid 'only sql/db/ talks to the server' '<(mysql|errmsg|mysqld_error)' \
		$(find fcgi handlers sql -name '*.[ch]' ! -path 'sql/db/*')
	forbid 'memory of a request comes from its arena' \
		'[^a-z_](malloc|calloc|realloc|strdup|asprintf)\(' $(find handlers -name '*.[ch]')
}

# needs: "A B" for each file A that, or whose header, includes the header of B.
needs() {
	grep -roE '^#include "(fcgi|handlers|sql)/[^"]+\.h"' fcgi handlers sql --include='*.[ch]' |
		sed -E 's/^([^:]+)\.[ch]:#include "(.*)\.h"$/\1 \2/' | sort -u
}

needs | awk -f tests/lint/cycles.awk || bad=1
exit $bad
