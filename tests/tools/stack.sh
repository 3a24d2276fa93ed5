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
}

port_is_free() {
	! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# Two neighbours nobody listens on.
free_ports() {
	PORT=18080
	until port_is_free "$PORT" && port_is_free $((PORT + 1)); do
		PORT=$((PORT + 2))
		[ "$PORT" -lt 18980 ] || return 1
	done
}

# stack [OPTION...]: empty data and everything running, unless it runs so already. What the tests
# read is exported: BASE and REVIEW (addresses), VAR (state directory), PORTAL_BIN.
stack() {
	[ "$STACK" != "${JIERU_BUILD:-} $*" ] || return 0
	deploy/down
	free_ports || {
		fail "no free port"
		return 1
	}
	# The limit of requests per second is nginx's own affair and has its test; here it would only
	# make tests wait.
	if ! JIERU_RATE=100000 quietly up deploy/up --reset --port "$PORT" --workers 4 "$@"; then
		fail "deploy/up"
		return 1
	fi
	export BASE=http://localhost:$PORT REVIEW=http://localhost:$((PORT + 1)) VAR=$JIERU_VAR
	export PORTAL_BIN=${JIERU_BUILD:-$PWD/build}/portal
	STACK="${JIERU_BUILD:-} $*"
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
