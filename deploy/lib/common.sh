# Paths, messages and accounts shared by the scripts under deploy/. Sourced, never run.
# shellcheck shell=bash
# shellcheck disable=SC2034  # what is set here is read by the other files

# What is started reads its own settings, not those of the shell we were called from.
unset "${!PORTAL_@}"

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
VAR=${JIERU_VAR:-$ROOT/var}
case $VAR in /*) ;; *) VAR=$PWD/$VAR ;; esac
BUILD=${JIERU_BUILD:-$ROOT/build} # tests/run names the sanitizer build here
case $BUILD in /*) ;; *) BUILD=$ROOT/$BUILD ;; esac
PORTAL=$BUILD/portal

DB_SOCKET=$VAR/run-db/mariadb.sock
KV_SOCKET=$VAR/run/kv/redis.sock
PUBLIC_SOCKET=$VAR/run/public.sock
REVIEW_SOCKET=$VAR/run/review.sock
KEYS_SOCKET=$VAR/run/keys.sock

# nginx's own binary and others live in sbin, which ordinary users do not search.
PATH=$PATH:/usr/sbin:/sbin

say() {
	printf '%s\n' "$*"
}

die() {
	printf '%s: %s\n' "${0##*/}" "$*" >&2
	exit 1
}

# log_file NAME...: there, and read by nobody beside us and our group.
log_file() {
	local name

	for name; do
		(umask 027 && : >>"$VAR/log/$name.log")
		chmod 640 "$VAR/log/$name.log"
	done
}

# logged NAME TEXT COMMAND...: its output goes to var/log/NAME.log; when it fails, the end of that
# is shown with TEXT.
logged() {
	local name=$1 text=$2

	shift 2
	mkdir -p "$VAR/log"
	log_file "$name"
	if ! "$@" >"$VAR/log/$name.log" 2>&1; then
		tail -n 30 "$VAR/log/$name.log" >&2
		die "$text"
	fi
}

# random BYTES: that many bytes from the system, in hex.
random() {
	head -c "$1" /dev/urandom | od -An -v -tx1 | tr -d ' \n'
}

# as USER COMMAND...: without the caller's privileges, when there are any to give up.
as() {
	local user=$1

	shift
	if [ "$(id -un)" = "$user" ]; then
		"$@"
	else
		setpriv --reuid "$user" --regid "$(id -g "$user")" --clear-groups --no-new-privs -- "$@"
	fi
}

# reaches USER: may it read the program and enter the state directory?
reaches() {
	as "$1" test -r "$ROOT/deploy/up" -a -x "$ROOT/deploy" -a -x "$VAR" 2>/dev/null
}

# account NAME...: the first of these accounts that exists.
account() {
	local name

	for name; do
		if id -u "$name" >/dev/null 2>&1; then
			printf '%s\n' "$name"
			return
		fi
	done
	return 1
}

# Sets WEB_USER (workers, jobs, Redis, nginx) and DB_USER (MariaDB). Root gives its rights up for
# two accounts every Debian has, except where they cannot enter the directory (a clone in /root).
choose_accounts() {
	WEB_USER=$(id -un 2>/dev/null) || die "the account $(id -u) has no name, MariaDB needs one"
	DB_USER=$WEB_USER
	[ "$(id -u)" = 0 ] || return 0
	if [ -d "$VAR/db" ]; then # once chosen, an owner stays
		DB_USER=$(stat -c %U "$VAR/db")
		WEB_USER=$(stat -c %U "$VAR/store")
		return
	fi
	WEB_USER=$(account www-data nobody)
	DB_USER=$(account mysql nobody)
	if ! reaches "$WEB_USER" || ! reaches "$DB_USER"; then
		say "note: only root can enter $ROOT, so the services run as root"
		WEB_USER=root
		DB_USER=root
	fi
}

# own USER GROUP MODE DIRECTORY...: what is right already is not touched, it may be in use.
own() {
	local user=$1 group=$2 mode=$3 dir

	shift 3
	for dir; do
		[ "$(stat -c '%U %G %a' "$dir" 2>/dev/null)" != "$user $group $mode" ] || continue
		mkdir -p "$dir"
		[ "$(id -u)" != 0 ] || chown "$user:$group" "$dir"
		chmod "$mode" "$dir"
	done
}

# The directories under var/. Nobody but our accounts gets into run/ and run-db/, where sockets
# are. run/ is sticky: a worker may put its socket there, but not touch another's, nor the record
# of processes that `down` trusts.
make_directories() {
	local me mine web

	me=$(id -un)
	mine=$(id -gn)
	web=$(id -gn "$WEB_USER")
	own "$me" "$mine" 755 "$VAR" "$VAR/nginx" "$VAR/log"
	own "$me" "$web" 1770 "$VAR/run"
	own "$me" "$mine" 755 "$VAR/run/pid"
	own "$DB_USER" "$(id -gn "$DB_USER")" 700 "$VAR/db"
	own "$DB_USER" "$web" 750 "$VAR/run-db"
	own "$WEB_USER" "$web" 700 "$VAR/run/kv" "$VAR/kv" "$VAR/cache" "$VAR/nginx/temp" \
		"$VAR/store" "$VAR/store/partial"
}

# A unix socket's address has room for 107 bytes.
check_lengths() {
	local name

	for name in "$DB_SOCKET" "$KV_SOCKET" "$REVIEW_SOCKET"; do
		[ "$(printf %s "$name" | wc -c)" -le 107 ] ||
			die "the path $name is too long for a socket; clone to a shorter one, or set JIERU_VAR"
	done
}
