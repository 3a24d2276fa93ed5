#!/bin/sh
# Every file in tests/nocompile/ holds one mistake the compiler must refuse.
# usage: nocompile.sh [COMPILER]
cd "$(dirname "$0")/../.." || exit 2
cc=${1:-cc}
set -- -std=c11 -D_GNU_SOURCE -Wall -Wextra -Wconversion -Wshadow -Werror -I. \
	'-DPROGRAM_ERRORS="handlers/rules/table/error.def"'
bad=0

# The headers themselves must be sound, or every file would be refused for the wrong reason.
# shellcheck disable=SC2013
for header in $(grep -ho '#include "[^"]*"' tests/nocompile/*.c | cut -d'"' -f2 | sort -u); do
	echo "#include \"$header\"" | $cc "$@" -fsyntax-only -x c - || bad=1
done
for file in tests/nocompile/*.c; do
	if $cc "$@" -c -o /dev/null "$file" 2>/dev/null; then
		echo "$file: compiled, and must not"
		bad=1
	fi
done
exit $bad
