#!/usr/bin/env bash
# A run that failed says so with its exit status, whatever failed; only then may CI be believed.
cd "$(dirname "$0")/../.." || exit 2

# ends STATUS BODY: a run of these lines ends with that status.
ends() {
	local status

	rm -f "$out"/*
	bash -uc '
		stack_stop() { :; }
		. tests/lib/result.sh
		exec 3>&1
		trap finish EXIT
		trap "exit 143" TERM
		OUT=$1
		eval "$2"' run "$out" "$2" >/dev/null 2>&1
	status=$?
	[ "$status" -eq "$1" ] && return
	printf 'a run of "%s" ends with %s, not %s\n' "$2" "$status" "$1"
	wrong=1
}

wrong=0
out=$(mktemp -d) || exit 2
ends 0 'count 1 0'
ends 0 'check good true'
ends 1 'true'
ends 1 'count 1 1'
ends 1 'count 0 1; true'
ends 1 'fail "could not run"; count 3 0'
ends 1 'check bad false; check good true'
ends 1 'count 2 0; exit 2'
ends 0 'beside count 1 0; joined'
ends 1 'beside count 1 1; joined'
ends 1 'count 1 0; gone() { exit 3; }; beside gone; joined'
ends 0 'told part check good true >/dev/null'
ends 143 'beside run sleep 60; count 2 0; kill -TERM $$'
ends 143 'count 2 0; kill -TERM $$'
rm -rf "$out"
exit $wrong
