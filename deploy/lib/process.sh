# Starting, recognising and stopping our own processes. Sourced.
#
# var/run/pid/NAME holds "PID START": the process and the moment it began (in clock ticks since
# boot). A number that was given to another process in the meantime has another moment, so
# nothing that is not ours is ever signalled. Each service leads its own session, and with it
# every child it forked is found.
# shellcheck shell=bash

PIDS=$VAR/run/pid

# stat_field N PID: the Nth field of /proc/PID/stat, N >= 3; nothing when there is no such process.
stat_field() {
	local line fields

	{ IFS= read -r -d '' line <"/proc/$2/stat" || [ -n "$line" ]; } 2>/dev/null || return 0
	read -r -a fields <<<"${line##*) }" # the name before it may hold anything
	printf '%s\n' "${fields[$1 - 3]}"
}

# pid_of NAME: prints the number of the running service; fails when it does not run.
pid_of() {
	local pid start

	[ -e "$PIDS/$1" ] && read -r pid start <"$PIDS/$1" || return 1
	[ -n "$start" ] && [ "$(stat_field 22 "$pid")" = "$start" ] || return 1
	[ "$(stat_field 3 "$pid")" != Z ] || return 1
	printf '%s\n' "$pid"
}

# start NAME USER COMMAND...: in the background, output to var/log/NAME.log.
start() {
	local name=$1 user=$2 pid fd keep=()

	shift 2
	for pid in ASAN_OPTIONS UBSAN_OPTIONS LSAN_OPTIONS; do
		[ -z "${!pid:-}" ] || keep+=("$pid=${!pid}")
	done
	(
		cd "$VAR" || exit
		ulimit -c 0 # a core file would hold personal data
		log_file "$name"
		exec </dev/null >>"$VAR/log/$name.log" 2>&1
		for fd in 3 4 5 6 7 8 9; do # the lock, and what our caller had open
			eval "exec $fd>&-"
		done
		as_exec "$user" env -i PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin LANG=C.UTF-8 HOME="$VAR" XDG_CACHE_HOME="$VAR/cache" \
			"${keep[@]}" "$@"
	) &
	pid=$!
	printf '%s %s\n' "$pid" "$(stat_field 22 "$pid")" >"$PIDS/$name"
}

# Like `as`, but in place of this shell and as the leader of a session, so that the number of the
# background job is the service's own.
as_exec() {
	local user=$1

	shift
	if [ "$(id -un)" = "$user" ]; then
		exec setsid "$@"
	fi
	exec setsid setpriv --reuid "$user" --regid "$(id -g "$user")" --clear-groups \
		--no-new-privs -- "$@"
}

# wait_for NAME SECONDS COMMAND...: runs COMMAND until it succeeds; the service has to live.
wait_for() {
	local name=$1 tries=$(($2 * 20))

	shift 2
	until "$@" >/dev/null 2>&1; do
		if ! pid_of "$name" >/dev/null || [ $((tries -= 1)) -le 0 ]; then
			tail -n 5 "$VAR/log/$name.log" >&2
			die "$name does not answer, see $VAR/log/$name.log"
		fi
		sleep 0.05
	done
}

# session_of PID: every process of the session PID leads or led, itself included.
session_of() {
	local dir line fields

	for dir in /proc/[0-9]*; do
		IFS= read -r line 2>/dev/null <"$dir/stat" || continue
		read -r -a fields <<<"${line##*) }"
		[ "${fields[3]:-}" != "$1" ] || printf '%s\n' "${dir#/proc/}"
	done 2>/dev/null
}

gone() {
	local state

	state=$(stat_field 3 "$1")
	[ -z "$state" ] || [ "$state" = Z ]
}

# end PID SECONDS: TERM, and KILL for the whole session when that is not enough.
end() {
	local pid=$1 tries=$(($2 * 20)) left

	kill -TERM "$pid" 2>/dev/null || true
	until gone "$pid" || [ $((tries -= 1)) -le 0 ]; do
		sleep 0.05
	done
	mapfile -t left < <(session_of "$pid")
	[ ${#left[@]} -eq 0 ] || kill -KILL "${left[@]}" 2>/dev/null || true
	until gone "$pid"; do
		sleep 0.05
	done
}

# stop NAME SECONDS
stop() {
	local pid

	[ -e "$PIDS/$1" ] || return 0
	if pid=$(pid_of "$1"); then
		end "$pid" "$2"
	elif read -r pid _ <"$PIDS/$1" && [ ! -e "/proc/$pid" ]; then
		end "$pid" 0 # died, but may have left children
	fi
	rm -f "$PIDS/$1" "$PIDS/$1.as"
}

# The ones that answer people first, together; then what they used.
stop_all() {
	local name

	for name in nginx public review keys jobs sms; do
		stop "$name" 5 &
	done
	wait
	for name in kv db; do
		stop "$name" 10 &
	done
	wait
	rm -f "$PUBLIC_SOCKET" "$REVIEW_SOCKET" "$KEYS_SOCKET" "$DB_SOCKET" "$KV_SOCKET"
}
