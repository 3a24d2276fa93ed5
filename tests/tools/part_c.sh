# The parts written in C, and the one against the running whole. Sourced by tests/run.
# shellcheck shell=bash

ASAN=$PWD/build-asan

# Everything with both sanitizers; built once for unit and db.
build_asan() {
	[ -f "$ASAN/build.ninja" ] ||
		quietly asan-configure cmake -S . -B "$ASAN" -G Ninja -DCMAKE_BUILD_TYPE=Debug \
			-DSANITIZE=address,undefined || return 1
	quietly asan-build cmake --build "$ASAN"
}

# ctest_part LABEL [NAME=VALUE...]: every test with this label, in this environment; their own
# counts, where they print some.
ctest_part() {
	local numbers label=$1 report=$OUT/ctest-$1.xml

	shift
	build_asan || {
		fail "the sanitizer build"
		return
	}
	rm -f "$report"
	run env "$@" ctest --test-dir "$ASAN" -L "^$label\$" --output-on-failure --timeout 300 \
		--test-output-size-passed 65536 --output-junit "$report" >"$OUT/ctest-$label" 2>&1
	numbers=$(awk -f tests/tools/ctest_count.awk "$report" 2>/dev/null)
	count_or_show "$numbers" cat "$OUT/ctest-$label"
}

# count_or_show "PASSED FAILED" COMMAND...: unless all passed, COMMAND shows what did not; no
# number at all is a failure.
count_or_show() {
	local numbers=${1:-0 1}

	shift
	case $numbers in
	*' 0') ;;
	*) "$@" ;;
	esac
	# shellcheck disable=SC2086
	count $numbers
}

part_unit() {
	ctest_part unit
	export -f jail_plain
	check jail-plain bash -c jail_plain
}

# The jail as it is in use: what the sanitizers need it would forbid.
jail_plain() {
	{ [ -f build/build.ninja ] ||
		cmake -S . -B build -G Ninja -DCMAKE_BUILD_TYPE=RelWithDebInfo; } &&
		cmake --build build --target test_jail && build/tests/test_jail
}

# With the workers' account and on tables that nobody else uses: no jobs run beside the tests.
part_db() {
	local settings

	stack --db-only --no-demo || return
	mapfile -t settings < <(grep '^PORTAL_' "$VAR/admin.env")
	ctest_part db "${settings[@]}"
	check statistics env "${settings[@]}" tests/tools/db_statistics.sh "$ASAN/tests/test_db_queue_pages"
}

# http_run NAME FILE...
http_run() {
	local name=$1 report=$OUT/$1.tap timeout=300000 # milliseconds

	[ -z "$LONG" ] || timeout=1800000
	shift
	# One file after the other: some of them stop what the others need.
	run node --test --test-concurrency=1 --test-timeout="$timeout" \
		--test-reporter=tap --test-reporter-destination="$report" \
		--test-reporter=spec --test-reporter-destination=stdout \
		"$@" >"$OUT/$name" 2>&1
	grep -E '^# (skipped|todo) [1-9]' "$report"
	# shellcheck disable=SC2016
	count_or_show "$(awk '$1 == "#" && $2 == "pass" { passed = $3 }
		$1 == "#" && ($2 == "fail" || $2 == "cancelled") { failed += $3 }
		END { if (passed + failed) print passed + 0, failed + 0 }' "$report" 2>/dev/null)" \
		sed -n '/failing tests:/,$p; $!d' "$OUT/$name"
}

part_http() {
	ls tests/http/*.test.mjs >/dev/null 2>&1 || {
		fail "tests/http holds no test"
		return
	}
	stack || return
	newer_node
	# @tus/server, to be compared with.
	if ! quietly http-packages env -C tests/http npm ci --ignore-scripts --no-audit --no-fund; then
		fail "the packages of tests/http"
		return
	fi
	# Most of this is waiting: the other compiler works meanwhile.
	# shellcheck disable=SC2154
	case "$parts $LONG" in
	*' fuzz ')
		(trap 'kill -TERM -- "-$CHILD"' TERM && fuzz_build >/dev/null) &
		BESIDE=$!
		http_run http tests/http/*.test.mjs
		wait "$BESIDE"
		BESIDE=''
		;;
	*) http_run http tests/http/*.test.mjs ;;
	esac
	[ -z "$LONG" ] || http_watched
}

# The same with workers that report every wrong step: of all tests the sanitizers, of the walk
# valgrind, which also sees what the libraries do.
http_watched() {
	local -x LONG='' # the crowds were tried without them

	export ASAN_OPTIONS=log_path=$JIERU_VAR/cache/sanitizer UBSAN_OPTIONS=print_stacktrace=1
	export JIERU_BUILD=$ASAN
	if build_asan && stack --no-build; then
		http_run http-sanitized tests/http/*.test.mjs
		deploy/down
		silent sanitizer
	else
		fail "the stack on the sanitizer build"
	fi
	unset JIERU_BUILD ASAN_OPTIONS UBSAN_OPTIONS
	# shellcheck disable=SC2034
	STACK=''
	export JIERU_WRAP="valgrind -q --leak-check=full --show-leak-kinds=definite
		--suppressions=$PWD/tests/tools/valgrind.supp --log-file=$JIERU_VAR/cache/valgrind.%p"
	if stack --no-build; then
		http_run http-valgrind tests/http/walk.test.mjs
		deploy/down
		silent valgrind
	fi
	unset JIERU_WRAP
	# shellcheck disable=SC2034
	STACK=''
}

# silent NAME: one test, that nothing was written to any file of this name.
silent() {
	# shellcheck disable=SC2016
	check "$1-reports" bash -c '! grep -h . "$0".*' "$JIERU_VAR/cache/$1"
}

fuzz_build() {
	quietly fuzz-configure cmake -S . -B build-fuzz -G Ninja -DCMAKE_BUILD_TYPE=Debug \
		-DCMAKE_C_COMPILER=clang -DFUZZ=ON &&
		quietly fuzz-build cmake --build build-fuzz --target fuzz
}

part_fuzz() {
	local seconds=2 each target seeds # the long run searches, the short one replays

	[ -z "$LONG" ] || seconds=120
	ls tests/fuzz/fuzz_*.c >/dev/null 2>&1 || {
		fail "tests/fuzz holds no target"
		return
	}
	if ! fuzz_build; then
		fail "the fuzz build"
		return
	fi
	for target in tests/fuzz/fuzz_*.c; do
		target=$(basename "$target" .c)
		mkdir -p "$OUT/corpus/$target"
		seeds=()
		[ ! -d "tests/fuzz/seeds/$target" ] || seeds=("tests/fuzz/seeds/$target")
		each=$seconds
		case $target in fuzz_inspect_* | fuzz_table_*) each=$((seconds / 2)) ;; esac # ten of them
		check "$target" "build-fuzz/tests/$target" -max_total_time=$each -timeout=5 \
			-rss_limit_mb=1024 -artifact_prefix="$OUT/$target-" "$OUT/corpus/$target" \
			"${seeds[@]}"
	done
}
