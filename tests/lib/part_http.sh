# All of it through nginx. Sourced by tests/run.
# shellcheck shell=bash

# taken LIST: the first line of a file, which is gone then; fails when none is left.
taken() {
	local line

	(
		flock 9
		IFS= read -r line <"$1" || exit 1
		sed -i 1d "$1"
		printf '%s\n' "$line"
	) 9>"$1.lock"
}

# longest_first FILE...: by what they took when they ran last.
longest_first() {
	printf '%s\n' "$@" | awk -v known="$TEST_VAR/http-took" '
		BEGIN { while ((getline line < known) > 0) { split(line, part, " "); took[part[2]] = part[1] } }
		{ printf "%d %s\n", took[$0], $0 }' | sort -k1,1nr -k2,2 | cut -d' ' -f2
}

# http_file DIRECTORY FILE: its tests, and in the directory what they said.
http_file() {
	local name=${2##*/} timeout=300000 begin numbers said # milliseconds

	[ -z "$LONG" ] || timeout=1800000
	said=$1/${name%.test.mjs}
	begin=$(now)
	run node --test --test-concurrency=1 --test-timeout="$timeout" \
		--test-reporter=tap --test-reporter-destination="$said.tap" \
		--test-reporter=spec --test-reporter-destination=stdout "$2" >"$said" 2>&1
	printf '%s %s\n' $(($(now) - begin)) "$2" >>"$1/took"
	numbers=$(awk -f tests/lib/tap.awk -v took="$OUT/took" -v file="${name%.test.mjs}" "$said.tap" 2>/dev/null)
	numbers=${numbers:-0 1}
	printf '%s\n' "$numbers" >>"$1/counts"
	grep -E '^# (skipped|todo) [1-9]' "$said.tap" | sed "s/\$/ in $name/"
	case $numbers in
	*' 0') ;;
	*)
		printf '%s:\n' "$2"
		sed -n '/failing tests:/,$p; $!d' "$said"
		;;
	esac
}

# http_lane STACK DIRECTORY: takes one file after the other; some of them stop what others need.
http_lane() {
	local file

	stack_env "$1"
	while file=$(taken "$2/list"); do
		http_file "$2" "$file"
	done
}

# http_run NAME FILE...: on all stacks there are.
http_run() {
	local folder=$OUT/$1 stack ran

	shift
	mkdir -p "$folder"
	longest_first "$@" >"$folder/list"
	for stack in "${STACKS[@]}"; do
		beside http_lane "$stack" "$folder"
	done
	joined
	ran=$(wc -l <"$folder/counts")
	[ "$ran" = $# ] || fail "of $# files of tests $ran ran"
	# shellcheck disable=SC2046
	count $(added "$folder/counts")
}

part_http() {
	ls tests/http/*.test.mjs >/dev/null 2>&1 || {
		fail "tests/http holds no test"
		return
	}
	stacks "${LANES[@]}" || return
	newer_node
	# @tus/server, to be compared with.
	if ! quietly http-packages env -C tests/http npm ci --ignore-scripts --no-audit --no-fund; then
		fail "the packages of tests/http"
		return
	fi
	http_run http tests/http/*.test.mjs
	cp "$OUT/http/took" "$TEST_VAR/http-took"
	# An answer that does not fit its table (fcgi/http/answer.h) is logged.
	# shellcheck disable=SC2016
	check answers-fit bash -c '! grep -h at=answer "$0"/*/log/*.log' "$TEST_VAR"
	[ -z "$LONG" ] || http_watched
}

# The same with workers that report every wrong step: of all tests the sanitizers, of the walk
# valgrind, which also sees what the libraries do.
http_watched() {
	local -x LONG='' # the crowds were tried without them

	stack_down "${STACKS[@]}"
	export ASAN_OPTIONS=log_path=$TEST_VAR/asan/cache/sanitizer UBSAN_OPTIONS=print_stacktrace=1
	export JIERU_BUILD=$ASAN
	if build_asan && stacks asan; then
		http_run http-sanitized tests/http/*.test.mjs
		stack_down asan
		silent asan sanitizer
	else
		fail "the stack on the sanitizer build"
	fi
	unset JIERU_BUILD ASAN_OPTIONS UBSAN_OPTIONS
	export JIERU_WRAP="valgrind -q --leak-check=full --show-leak-kinds=definite
		--suppressions=$PWD/tests/lib/valgrind.supp --log-file=$TEST_VAR/valgrind/cache/valgrind.%p"
	if stacks valgrind; then
		http_run http-valgrind tests/http/walk.test.mjs
		stack_down valgrind
		silent valgrind valgrind
	fi
	unset JIERU_WRAP
}

# silent STACK NAME: one test, that nothing was written to any file of this name.
silent() {
	# shellcheck disable=SC2016
	check "$2-reports" bash -c '! grep -h . "$0".*' "$TEST_VAR/$1/cache/$2"
}
