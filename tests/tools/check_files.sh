#!/bin/sh
# Files stay short enough to be read, and no C file is forgotten: each one under fcgi/, handlers/
# and sql/ stands in the CMakeLists.txt of its own folder or of one above.
cd "$(dirname "$0")/../.." || exit 2
limit=800 # a guard, not a goal: a file is as long as its idea
bad=0

for file in $(find fcgi handlers sql nginx deploy tests web \( -name node_modules -o -name dist \
	-o -name generated -o -name public \) -prune -o -type f \( -name '*.[ch]' -o -name '*.sh' \
	-o -name '*.mjs' -o -name '*.ts' -o -name '*.vue' -o -name '*.sql' -o -name '*.conf' \
	-o -name up -o -name down -o -name seed -o -name run \) -print | sort); do
	lines=$(wc -l <"$file")
	if [ "$lines" -ge $limit ]; then
		echo "$file: $lines lines, should be fewer than $limit"
		bad=1
	fi
done

# listed FILE
listed() {
	dir=$1 name=
	while [ "$dir" != . ]; do
		name=${dir##*/}${name:+/$name}
		dir=$(dirname "$dir")
		grep -qsE "(^|[[:space:](])$name([[:space:])]|\$)" "$dir/CMakeLists.txt" && return 0
	done
	return 1
}

for file in $(find fcgi handlers sql -name '*.c' | sort); do
	if ! listed "$file"; then
		echo "$file: not in any CMakeLists.txt"
		bad=1
	fi
done
for file in tests/unit/test_*.c tests/db/test_*.c; do
	name=${file##*/test_} name=${name%.c}
	if [ -f "$file" ] && ! grep -qE "[( /]${name}[ )]|test_${name}\.c" tests/CMakeLists.txt; then
		echo "$file: not in tests/CMakeLists.txt, so it never runs"
		bad=1
	fi
done
twice=$(for file in sql/migrations/*.sql; do
	file=${file##*/}
	echo "${file%%_*}"
done | sort | uniq -d)
for number in $twice; do
	echo "sql/migrations/${number}_*: two with one number"
	bad=1
done
exit $bad
