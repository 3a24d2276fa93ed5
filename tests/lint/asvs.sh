#!/bin/sh
# The tables of what others ask of a system like this one (tests/asvs.tsv, tests/mlps.tsv) name tests and
# files that are there, each requirement once. Prints how many are shown.
cd "$(dirname "$0")/../.." || exit 2
tab=$(printf '\t')
bad=0

complain() {
	echo "$1"
	bad=1
}

check() {
	while IFS=$tab read -r id level what state place evidence; do
		at="$1: $id"
		case $id in '#'* | '') continue ;; esac
		for column in "$level" "$what" "$evidence"; do
			[ -n "$column" ] || complain "$at: a column is missing or empty"
		done
		case $state in
		shown)
			if [ ! -f "$place" ]; then
				complain "$at: there is no $place"
			elif [ "$evidence" != - ] && ! grep -qF -e "$evidence" "$place"; then
				complain "$at: $place does not hold \"$evidence\""
			fi
			;;
		open | none) [ "$place" = - ] || complain "$at: $state names no place" ;;
		*) complain "$at: $state is no state" ;;
		esac
	done <"$1"
	twice=$(grep -v '^#' "$1" | cut -f1 | sort | uniq -d)
	[ -z "$twice" ] || complain "$1: twice: $twice"
	grep -v '^#' "$1" | cut -f4 | sort | uniq -c | awk -v table="$1" '
		{ n[$2] = $1 }
		END {
			applies = n["shown"] + n["open"]
			printf "%s: %d shown of %d that apply (%d %%), %d do not apply\n", table,
			    n["shown"], applies, applies ? 100 * n["shown"] / applies : 0, n["none"]
		}'
}

for table in tests/asvs.tsv tests/mlps.tsv; do
	[ ! -f "$table" ] || check "$table"
done
exit $bad
