# The parts written in C. Sourced by tests/run.
# shellcheck shell=bash
# shellcheck disable=SC2034  # WAY is read by `run`

ASAN=$PWD/build-asan

# Everything with both sanitizers; built once for unit and db.
build_asan() {
	local WAY=("${GIVES_WAY[@]}")

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
	numbers=$(awk -f tests/lib/ctest_count.awk "$report" 2>/dev/null)
	sed -n 's/.*<testcase name="\([^"]*\)".* time="\([0-9.]*\)".*/\2 \1/p' "$report" 2>/dev/null |
		awk -v part="$label" '{ printf "%d\t%s\t%s\n", $1 * 1000, part, $2 }' >>"$OUT/took"
	count_or_show "$numbers" cat "$OUT/ctest-$label"
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

	free_ports db
	beside stack_up db --db-only --no-demo
	joined
	[ -e "$OUT/up-db.runs" ] || return
	mapfile -t settings < <(grep '^PORTAL_' "$TEST_VAR/db/admin.env")
	ctest_part db "${settings[@]}"
	check statistics env "${settings[@]}" tests/lib/db_statistics.sh "$ASAN/tests/test_db_queue_pages"
	stack_down db
}

fuzz_build() {
	local WAY=("${GIVES_WAY[@]}")

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
