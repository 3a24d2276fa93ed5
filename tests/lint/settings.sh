#!/bin/sh
# Every setting the program reads stands in deploy/portal.env.example, and no other.
cd "$(dirname "$0")/../.." || exit 2
bad=0

# only FILE1 FILE2 TEXT: names of the first that the second lacks.
only() {
	for name in $1; do
		echo "$2" | grep -qx "$name" && continue
		echo "$name: $3"
		bad=1
	done
}

read_names=$({ echo PORTAL_ENV_FILE; sed -n 's/^[[:space:]]*SET("\([A-Z_]*\)".*/PORTAL_\1/p' fcgi/http/config.c; } | sort -u)
told_names=$(grep -oE 'PORTAL_[A-Z_]+' deploy/portal.env.example | sort -u)
only "$read_names" "$told_names" 'is not explained in deploy/portal.env.example'
only "$told_names" "$read_names" 'is explained, but fcgi/http/config.c does not read it'
exit $bad
