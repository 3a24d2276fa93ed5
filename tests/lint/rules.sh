#!/bin/sh
# Every rule of tests/rule_ids.txt has a row in tests/rules.tsv, and every test named there exists.
cd "$(dirname "$0")/../.." || exit 2
bad=$(
	grep -v '^#' tests/rules.tsv | cut -f1 | sort -u >"${TMPDIR:-/tmp}/rules.$$"
	sort -u tests/rule_ids.txt | comm -3 - "${TMPDIR:-/tmp}/rules.$$" |
		sed 's/^\t\(.*\)/\1: not in tests\/rule_ids.txt/; /: /!s/$/: no row in tests\/rules.tsv/'
	rm -f "${TMPDIR:-/tmp}/rules.$$"
	grep -v '^#' tests/rules.tsv | while IFS="$(printf '\t')" read -r id file name; do
		grep -qsF -- "$name" "$file" || echo "$id: $file holds no test \"$name\""
	done
)
[ -z "$bad" ] || { printf '%s\n' "$bad"; exit 1; }
