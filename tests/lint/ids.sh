#!/bin/sh
# The domain book (handlers/rules/*.md) and the code know one another: every id that code or a test
# names has a line there, every line names a place that exists, every rule and decision of it a test.
# shellcheck disable=SC2016  # the quotes of the book are backticks
cd "$(dirname "$0")/../.." || exit 2
LC_ALL=C
export LC_ALL
BOOK=handlers/rules
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT

# Lines of the book, as: file, line, id, what it demands, places.
awk -F ' *[|] *' '
	$1 == "" && $2 ~ /^[A-Z]+-?[0-9]+[a-c]?$/ { printf "%s\t%d\t%s\t%s\t%s\n", FILENAME, FNR, $2, $3, $4 }
' $BOOK/*.md >"$work/lines"
cut -f3 "$work/lines" | sort >"$work/ids"

# places: every `file` or `file:word` of a line is there; a line without one says nothing.
places() {
	while IFS="$(printf '\t')" read -r file line id _ held; do
		found=
		for place in $(printf '%s\n' "$held" | grep -oE '`[^`]+`' | tr -d '`' | tr ' ' '\001'); do
			place=$(printf '%s' "$place" | tr '\001' ' ')
			path=${place%%:*} word=${place#*:} found=1
			if [ ! -f "$path" ]; then
				echo "$file:$line: $id: there is no $path"
			elif [ "$path" != "$place" ] && ! grep -qF -- "$word" "$path"; then
				echo "$file:$line: $id: $path does not hold \"$word\""
			fi
		done
		[ -n "$found" ] || echo "$file:$line: $id names no place in code"
	done <"$work/lines"
}

# prose: paths between the lines, and links to other pages of the book.
prose() {
	grep -noE '`(fcgi|handlers|sql|nginx|web|tests|deploy)/[A-Za-z0-9_./@-]+`' $BOOK/*.md |
		tr -d '`' | while IFS=: read -r file line path; do
		[ -e "$path" ] || echo "$file:$line: there is no $path"
	done
	grep -noE '\]\([^)]+\)' $BOOK/*.md | tr -d '])(' | while IFS=: read -r file line page; do
		[ -e "$BOOK/$page" ] || echo "$file:$line: there is no $BOOK/$page"
	done
}

# Everything with words of ours in it, as file:line:text.
code() {
	grep -rIn --exclude-dir=node_modules --exclude-dir=dist --exclude-dir=generated \
		--exclude=package-lock.json --exclude='*.svg' -e "$1" \
		fcgi handlers sql nginx web tests deploy | grep -v "^$BOOK/[a-z]*\.md:"
}

# named: ids without a line. A range counts as both its ends; "ui 8, 9" of the walks is UI-8 and UI-9.
named() {
	code '[A-Z]-\{0,1\}[0-9]\|\<ui [0-9]' | sed -E \
		-e ':ui' -e 's/\<ui ([0-9]+)(, |–)([0-9]+)/UI-\1 ui \3/' -e 't ui' \
		-e 's/\<ui ([0-9]+)/UI-\1/g' \
		-e 's/\<([A-Z]+-)([0-9]+[a-c]?)( ?… ?|–)([0-9]+)/\1\2 \1\4/g' |
		awk '
		NR == FNR { known[$0] = 1; sub(/[0-9].*/, ""); family[$0] = 1; next }
		{
			at = $0; sub(/:.*/, "", at)
			rest = substr($0, length(at) + 2); line = rest; sub(/:.*/, "", line)
			rest = substr(rest, length(line) + 2)
			before = " "
			while (match(rest, /[A-Z]+-?[0-9]+[a-c]?/)) {
				id = substr(rest, RSTART, RLENGTH)
				if (RSTART > 1)
					before = substr(rest, RSTART - 1, 1)
				after = substr(rest, RSTART + RLENGTH, 1)
				rest = substr(rest, RSTART + RLENGTH)
				kind = id; sub(/[0-9].*/, "", kind)
				number = substr(id, length(kind) + 1)
				if (kind in family && !(id in known) && before !~ /[A-Za-z0-9_\/.\\-]/ &&
				    after !~ /[A-Za-z0-9_]/ && (kind ~ /-$/ || length(number) < 3))
					print at ":" line ": the book has no line for " id
				before = substr(id, length(id))
			}
		}' "$work/ids" -
}

# papers: a comment that names a .md file names one that is here.
papers() {
	code '[a-z]\.md\>' | sed -nE 's/^([^:]*:[^:]*):.*\<([A-Za-z_-]+\.md)\>.*/\1 \2/p' |
		while read -r at name; do
			[ -f "$name" ] || [ -f "$BOOK/$name" ] || [ -f "$(dirname "${at%%:*}")/$name" ] && continue
			case $at in # never edited; the book says what they mean
			sql/migrations/*) grep -qF "\`$name" $BOOK/README.md && continue ;;
			esac
			echo "$at: there is no $name"
		done
}

# tests: tests/rules.tsv says which test holds which rule. Only what is not yet done may have none.
tests() {
	grep -v '^#' tests/rules.tsv | cut -f1 | sort -u >"$work/tested"
	sort -u tests/rule_ids.txt | comm -3 - "$work/tested" |
		sed 's/^\t\(.*\)/\1: not in tests\/rule_ids.txt/; /: /!s/$/: no row in tests\/rules.tsv/'
	comm -23 "$work/tested" "$work/ids" | sed "s|\$|: no line in $BOOK|"
	grep -E "^$BOOK/(guide|decisions)\.md" "$work/lines" | grep -v 'not yet' | cut -f3 | sort -u |
		comm -23 - "$work/tested" | sed 's/$/: no row in tests\/rules.tsv, and not called "not yet"/'
	grep -v '^#' tests/rules.tsv | while IFS="$(printf '\t')" read -r id file name; do
		grep -qsF -- "$name" "$file" || echo "$id: $file holds no test \"$name\""
	done
}

bad=$(
	uniq -d "$work/ids" | sed 's/$/: two lines in the book/'
	places
	prose
	named
	papers
	tests
)
[ -z "$bad" ] || { printf '%s\n' "$bad"; exit 1; }
