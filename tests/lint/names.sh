#!/bin/sh
# One name, one thing: a struct, enum or union that a header defines is defined in no other file.
# What a .c file keeps to itself may be called as in another one that does.
cd "$(dirname "$0")/../.." || exit 2

# Lines "tag file" of every definition.
defined() {
	# shellcheck disable=SC2046  # no file name of ours holds a blank
	awk '
		FNR == 1 { before = "" }
		{ line = $0 }
		before != "" && line == "{" { print before, FILENAME }
		{ before = "" }
		line ~ /^(struct|enum|union) [a-z_0-9]+$/ { before = line; sub(/^[a-z]+ /, "", before) }
		match(line, /(^|[ \t])(struct|enum|union) [a-z_0-9]+ \{/) {
			tag = substr(line, RSTART, RLENGTH - 2)
			sub(/.* /, "", tag)
			print tag, FILENAME
		}' $(find fcgi handlers sql -name '*.[ch]' | sort)
}

bad=$(defined | awk '
	{ files[$1] = files[$1] " " $2; count[$1]++; if ($2 ~ /\.h$/) public[$1] = 1 }
	END { for (tag in public) if (count[tag] > 1) print tag ": defined in" files[tag] }' | sort)
[ -z "$bad" ] || { printf '%s\n' "$bad"; exit 1; }
