#!/bin/sh
# Files stay short enough to be read, and no C file is forgotten: each one under fcgi/, handlers/
# and sql/ stands in the CMakeLists.txt of its own folder or of one above.
cd "$(dirname "$0")/../.." || exit 2
limit=800
bad=0

for file in $(find fcgi handlers sql nginx deploy tests web \( -name node_modules -o -name dist \
	-o -name generated \) -prune -o -type f \( -name '*.[ch]' -o -name '*.sh' \
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
# What a file offers is declared in the header of its name. Handlers, jobs and the like, which only
# tables name, may be gathered.
# shellcheck disable=SC2046  # no file name of ours holds a blank
awk -v tables=' handlers/jobs/jobs.h handlers/admin/admin.h ' -f tests/lint/headers.awk \
	$(find fcgi handlers sql -name '*.[ch]' | sort) || bad=1

# CMake finds tests by their names.
for file in tests/unit/*.c tests/db/*.c tests/fuzz/*.c; do
	case ${file##*/} in
	test_*.c | fuzz_*.c) ;;
	*)
		echo "$file: not named as a test, so it never runs"
		bad=1
		;;
	esac
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
