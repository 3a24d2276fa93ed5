# Counting, and running commands so that an interrupt ends them. Sourced by tests/run.
# shellcheck shell=bash

CHILD='' BESIDE='' SCRATCH=''

section() {
	printf '\n== %s\n' "$1"
}

# count PASSED FAILED
count() {
	PASSED=$((PASSED + $1))
	FAILED=$((FAILED + $2))
	printf '   %d passed, %d failed\n' "$1" "$2"
}

# fail TEXT: something could not run.
fail() {
	printf 'FAILED: %s\n' "$1"
	count 0 1
}

# run PROGRAM ARGUMENT...: as a process group of its own, waited for in a way that lets traps through.
run() {
	local status

	setsid "$@" &
	CHILD=$!
	wait "$CHILD"
	status=$?
	CHILD=''
	return $status
}

# quietly NAME COMMAND...: output to var/test/out/NAME, shown only when the command fails.
quietly() {
	local name=$1

	shift
	run "$@" >"$OUT/$name" 2>&1 && return 0
	tail -n 40 "$OUT/$name"
	return 1
}

# check NAME COMMAND...: one test.
check() {
	if quietly "$@"; then
		printf 'ok      %s\n' "$1"
		count 1 0 >/dev/null
	else
		printf 'FAILED  %s\n' "$1"
		count 0 1 >/dev/null
	fi
}

# count_json FILE EXPRESSION: counts what a JavaScript expression over the report `r` says,
# [passed, failed]; a report that is missing or without a test is a failure.
count_json() {
	local numbers

	numbers=$(node -e '
		const r = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"))
		const [passed, failed] = eval(process.argv[2])
		if (!(passed + failed > 0)) process.exit(1)
		console.log(passed, failed)' "$1" "$2" 2>/dev/null) || {
		fail "${1##*/} names no test that ran"
		return
	}
	# shellcheck disable=SC2086
	count $numbers
}

# Whatever ends this script: nothing of it stays, and the last line says how it went.
finish() {
	local status=$?

	trap '' INT TERM HUP
	exec >&3
	if [ -n "$CHILD" ]; then
		kill -TERM -- "-$CHILD" 2>/dev/null
		for _ in 1 2 3 4 5 6 7 8 9 10; do
			kill -0 -- "-$CHILD" 2>/dev/null || break
			sleep 0.2
		done
		kill -KILL -- "-$CHILD" 2>/dev/null
	fi
	[ -z "$BESIDE" ] || kill -TERM "$BESIDE" 2>/dev/null
	stack_stop
	[ -z "$SCRATCH" ] || rm -rf "$SCRATCH" # what programs and tests leave in the folder for such
	if [ "$status" -ge 128 ]; then
		printf '\ninterrupted\n'
		FAILED=$((FAILED + 1))
	fi
	printf '\n%d passed, %d failed\n' "$PASSED" "$FAILED"
	[ "$status" -lt 128 ] || exit "$status"
	[ "$status" -eq 0 ] && [ "$FAILED" -eq 0 ] && [ "$PASSED" -gt 0 ] && exit 0
	exit 1 # said aloud: a bare exit in a trap ends with the status there was before the trap
}
