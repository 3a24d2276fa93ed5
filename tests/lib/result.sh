# Counting, and running commands so that an interrupt ends them. Sourced by tests/run.
# shellcheck shell=bash
# shellcheck disable=SC2030,SC2031,SC2034  # a shell beside has lists of its own; others read them

CHILD='' SCRATCH='' PART=''
BESIDE=() # shells at work beside this one
WAY=()    # what `run` puts before each command
# Compilers take what the others leave: a new session is a group of its own for the scheduler.
# shellcheck disable=SC2016
GIVES_WAY=(sh -c 'echo 10 2>/dev/null >/proc/self/autogroup; exec nice -n 10 "$@"' way)

# told NAME COMMAND...: a part; what it says comes when it is over, in one piece, for others speak, too.
told() {
	local begin=$SECONDS PART=$1

	shift
	"$@" >"$OUT/told-$PART" 2>&1
	printf '\n== %s, %d s\n%s\n' "$PART" $((SECONDS - begin)) "$(<"$OUT/told-$PART")"
}

# count PASSED FAILED: whichever shell counts, finish adds it up.
count() {
	printf '%d %d\n' "$1" "$2" >>"$OUT/counts"
	printf '   %d passed, %d failed\n' "$1" "$2"
}

# added FILE: "PASSED FAILED", all lines of it together.
added() {
	awk '{ passed += $1; failed += $2 } END { print passed + 0, failed + 0 }' "$1" 2>/dev/null ||
		echo 0 0
}

# fail TEXT: something could not run.
fail() {
	printf 'FAILED: %s\n' "$1"
	count 0 1
}

# now: milliseconds.
now() {
	local moment=${EPOCHREALTIME/[.,]/}

	printf '%s\n' "${moment%???}"
}

# took MILLISECONDS NAME: a test of this part, for the list of the slowest.
took() {
	printf '%d\t%s\t%s\n' "$1" "$PART" "$2" >>"$OUT/took"
}

# run PROGRAM ARGUMENT...: as a process group of its own, waited for in a way that lets traps through.
run() {
	local status

	setsid "${WAY[@]}" "$@" &
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
	local begin

	begin=$(now)
	if quietly "$@"; then
		printf 'ok      %s\n' "$1"
		count 1 0 >/dev/null
	else
		printf 'FAILED  %s\n' "$1"
		count 0 1 >/dev/null
	fi
	took $(($(now) - begin)) "$1"
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

# beside COMMAND...: in a shell of its own, until joined.
beside() {
	(
		CHILD='' BESIDE=()
		trap ended EXIT
		trap 'exit 143' TERM
		"$@"
		exit 0 # how it went it has counted
	) &
	BESIDE+=("$!")
}

# joined: all that is beside has come to its end.
joined() {
	local pid

	for pid in "${BESIDE[@]}"; do
		wait "$pid" || fail "something ended before its end"
	done
	BESIDE=()
}

# ended: what this shell started ends with it.
ended() {
	local pid

	trap '' TERM
	for pid in "${BESIDE[@]}"; do
		kill -TERM "$pid" 2>/dev/null
	done
	if [ -n "$CHILD" ]; then
		kill -TERM -- "-$CHILD" 2>/dev/null
		for _ in 1 2 3 4 5 6 7 8 9 10; do
			kill -0 -- "-$CHILD" 2>/dev/null || break
			sleep 0.2
		done
		kill -KILL -- "-$CHILD" 2>/dev/null
	fi
	for pid in "${BESIDE[@]}"; do
		wait "$pid" 2>/dev/null
	done
}

slowest() {
	[ -s "$OUT/took" ] || return 0
	printf '\nslowest:\n'
	sort -rn "$OUT/took" | head -n 10 |
		awk -F '\t' '{ printf "%7.1f s  %-5s %s\n", $1 / 1000, $2, $3 }'
}

# Whatever ends this script: nothing of it stays, and the last line says how it went.
finish() {
	local status=$? passed failed

	trap '' INT TERM HUP
	exec >&3
	ended
	stack_stop
	[ -z "$SCRATCH" ] || rm -rf "$SCRATCH" # what programs and tests leave in the folder for such
	if [ "$status" -ge 128 ]; then
		printf '\ninterrupted\n'
		count 0 1 >/dev/null
	fi
	slowest
	read -r passed failed < <(added "$OUT/counts")
	printf '\n%d passed, %d failed\n' "$passed" "$failed"
	[ "$status" -lt 128 ] || exit "$status"
	[ "$status" -eq 0 ] && [ "$failed" -eq 0 ] && [ "$passed" -gt 0 ] && exit 0
	exit 1 # said aloud: a bare exit in a trap ends with the status there was before the trap
}
