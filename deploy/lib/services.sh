# Redis, the workers, the background jobs and nginx. Sourced.
# shellcheck shell=bash

# Sessions, captchas and codes only: nothing that may not be lost, so nothing is written to disk;
# and when memory runs out it refuses new ones instead of dropping someone's session.
kv_start() {
	if ! pid_of kv >/dev/null; then
		start kv "$WEB_USER" redis-server --port 0 --unixsocket "$KV_SOCKET" --unixsocketperm 700 \
			--dir "$VAR/kv" --save '' --appendonly no --daemonize no \
			--maxmemory 256mb --maxmemory-policy noeviction
	fi
	wait_for kv 10 kv_answers
}

kv_answers() {
	[ "$(redis-cli -s "$KV_SOCKET" ping)" = PONG ]
}

# What a running program was started from; another value means it has to be started again.
made_of() {
	printf '%s\n' "$*"
	cat "$VAR/portal.env" "$PORTAL" | sha256sum # a keyring is taken up without that
}

# program NAME COMMAND...: starts it, or replaces it by the present build: first the new one, then
# the old one is asked to finish, so no request is turned away.
program() {
	local name=$1 old='' value socket before

	shift
	socket=$VAR/run/$name.sock
	before=$(socket_id "$socket")
	value=$(made_of "$@")
	if old=$(pid_of "$name") && [ "$value" = "$(cat "$PIDS/$name.as" 2>/dev/null)" ]; then
		return 0
	fi
	# shellcheck disable=SC2086  # JIERU_WRAP is a command with its arguments, e.g. valgrind
	start "$name" "$WEB_USER" "PORTAL_ENV_FILE=$VAR/portal.env" "${FORGETFUL[@]}" ${JIERU_WRAP:-} "$PORTAL" "$@"
	printf '%s\n' "$value" >"$PIDS/$name.as"
	if [ "$1" = serve ]; then
		wait_for "$name" 20 answers "$socket" "$before"
	fi
	[ -n "$old" ] || return 0
	sleep 0.2 # what still waits at the old socket is taken by then
	end "$old" 35
}

socket_id() {
	stat -c '%i %z' "$1" 2>/dev/null || true
}

# answers SOCKET BEFORE: is there a new one in place of the old?
answers() {
	[ -S "$1" ] && [ "$(socket_id "$1")" != "$2" ]
}

# Memory that was freed is overwritten at once, so that no key is left in it. For those that have
# the vault: it costs them a little time.
VAULTED=(GLIBC_TUNABLES=glibc.malloc.tcache_count=0:glibc.malloc.perturb=165 G_SLICE=always-malloc)
FORGETFUL=()

programs_start() {
	program public serve --site public --listen "$PUBLIC_SOCKET" --workers "$WORKERS"
	program review serve --site review --listen "$REVIEW_SOCKET" --workers "$(((WORKERS + 1) / 2))"
	FORGETFUL=("${VAULTED[@]}")
	program keys serve --site public --role keys --listen "$KEYS_SOCKET" --workers "$(((WORKERS + 1) / 2))"
	program jobs jobs --lane work
	program sms jobs --lane sms
	FORGETFUL=()
}

# escaped TEXT: for the right-hand side of a sed command with | between its parts.
escaped() {
	printf '%s' "$1" | sed 's/[&|\\]/\\&/g'
}

nginx_configure() {
	local target=$1 file module=/usr/lib/nginx/modules/ngx_http_brotli_static_module.so
	local brotli='' user='' modules='' listen6='' review_listen6='' strip='' base=''

	if [ -e "$module" ]; then
		modules="load_module $module;"
		brotli=1
	fi
	[ "$(id -u)" != 0 ] || user="user $WEB_USER $(id -gn "$WEB_USER");"
	if grep -q '^0\{31\}1 ' /proc/net/if_inet6 2>/dev/null; then
		listen6="listen [::1]:$PORT backlog=4096;"
		review_listen6="listen [::1]:$((PORT + 1)) backlog=4096;"
	fi
	if [ -n "$PREFIX" ]; then # with or without it: a proxy in front may have taken it away
		strip="rewrite ^$PREFIX(/.*)\$ \$1; rewrite ^$PREFIX\$ $PREFIX/ redirect;"
		base="gzip_static off; ${brotli:+brotli_static off;} sub_filter '<base href=\"/\"' '<base href=\"$PREFIX/\"'; sub_filter_last_modified on;"
	fi
	mkdir -p "$target"
	for file in "$ROOT"/nginx/*; do
		sed -e "s|@MODULES@|$modules|; s|@USER@|$user|; s|@PROCESSES@|$(nproc)|" \
			-e "s|@LISTEN6@|$listen6|; s|@REVIEW_LISTEN6@|$review_listen6|" \
			-e "s|@BROTLI@|${brotli:+brotli_static on;}|" \
			-e "s|@BROTLI_OFF@|${brotli:+brotli_static off;}|" \
			-e "s|@STRIP@|$(escaped "$strip")|; s|@BASE@|$(escaped "$base")|" \
			-e "s|@PORT@|$PORT|; s|@REVIEW_PORT@|$((PORT + 1))|" \
			-e "s|@RATE@|${JIERU_RATE:-20000}|; s|@BURST@|$((${JIERU_RATE:-20000} * 2))|" \
			-e "s|@VAR@|$(escaped "$VAR")|g; s|@WEB@|$(escaped "$ROOT/web/dist")|" \
			"$file" >"$target/${file##*/}"
	done
	cat "$ROOT"/web/dist/{public,review}.pages >"$target/pages.conf"
}

port_free() {
	! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null ||
		die "port $1 is taken; choose another with --port"
}

# nginx_reload PID: without a moment in which nobody answers, if it takes the new configuration. What
# it refuses only its log knows (a zone of memory with another key, say): no new worker comes then.
nginx_reload() {
	local pid=$1 before worker tries=100

	before=" $(pgrep -P "$pid" | tr '\n' ' ')"
	kill -HUP "$pid"
	while [ $((tries -= 1)) -gt 0 ]; do
		for worker in $(pgrep -P "$pid"); do
			[[ $before == *" $worker "* ]] || return 0
		done
		sleep 0.05
	done
	return 1
}

nginx_start() {
	local new=$VAR/nginx/conf.new conf=$VAR/nginx/conf pid=''
	local command=(nginx -p "$VAR/nginx/" -e "$VAR/log/nginx-error.log" -c)

	log_file nginx-error nginx-access # before nginx makes them
	rm -rf "$new"
	nginx_configure "$new"
	"${command[@]}" "$new/nginx.conf" -t -q || die "the nginx configuration is not accepted"
	if pid=$(pid_of nginx) && diff -r "$new" "$conf" >/dev/null 2>&1; then
		rm -rf "$new"
	else
		rm -rf "$conf"
		mv "$new" "$conf"
		if [ -z "$pid" ] || ! nginx_reload "$pid"; then
			stop nginx 5
			port_free "$PORT"
			port_free $((PORT + 1))
			start nginx "$(id -un)" "${command[@]}" "$conf/nginx.conf"
		fi
	fi
	wait_for nginx 10 curl -fsS -o /dev/null "http://127.0.0.1:$PORT/"
	wait_for review 10 curl -fsS -o /dev/null "http://127.0.0.1:$((PORT + 1))/readyz"
}

# A service that came up and fell again is not called started.
all_alive() {
	local name

	for name in db kv public review keys jobs sms nginx; do
		wait_for "$name" 1 true
	done
}
