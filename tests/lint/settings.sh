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

# Rows are SET(member, "NAME", …) or SETTING(type, member, "NAME", …).
# shellcheck disable=SC2046  # no file name of ours holds a blank
read_names=$({
	echo PORTAL_ENV_FILE
	sed -nE 's/^[[:space:]]*(SET|SETTING|SETTING_AS)\(.*, +"([A-Z_]+)", .*/PORTAL_\2/p' \
		$(grep -rlE '^static const struct setting ' --include='*.c' fcgi handlers)
} | sort -u)
told_names=$(grep -oE 'PORTAL_[A-Z_]+' deploy/portal.env.example | sort -u)
only "$read_names" "$told_names" 'is not explained in deploy/portal.env.example'
only "$told_names" "$read_names" 'is explained, but no table of settings has it'
exit $bad
