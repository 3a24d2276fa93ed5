# Installs what is missing, and nothing else, from the list in deploy/packages. Sourced.
# shellcheck shell=bash

POLICY=/usr/sbin/policy-rc.d

# packages_missing GROUP...: the names in these groups that are not installed.
packages_missing() {
	local group name groups=" $* "

	while read -r group name; do
		case $groups in *" $group "*) ;; *) continue ;; esac
		case $(dpkg-query -W -f '${db:Status-Abbrev}' "$name" 2>/dev/null) in
		ii*) ;;
		*) printf '%s\n' "$name" ;;
		esac
	done < <(grep -v '^#' "$ROOT/deploy/packages")
	# Any Node will do that is new enough (see node_ready); Debian's brings npm separately.
	case $groups in
	*' build '*) command -v node >/dev/null && command -v npm >/dev/null || printf '%s\n' nodejs npm ;;
	esac
}

# While packages are installed no service may start: they are wanted for their programs only.
policy_set() {
	[ ! -e "$POLICY" ] || return 0
	printf '#!/bin/sh\nexit 101\n' >"$POLICY"
	chmod 755 "$POLICY"
	trap 'rm -f "$POLICY"' EXIT
}

policy_unset() {
	case $(trap -p EXIT) in *POLICY*) ;; *) return 0 ;; esac
	rm -f "$POLICY"
	trap - EXIT
}

apt_install() {
	apt-get -q update &&
		apt-get -qy -o Dpkg::Use-Pty=0 install --no-install-recommends "$@"
}

# packages_install GROUP...
packages_install() {
	local missing name

	mapfile -t missing < <(packages_missing "$@")
	[ ${#missing[@]} -gt 0 ] || return 0
	if [ "$(id -u)" != 0 ]; then
		die "packages are missing; as root: apt-get install --no-install-recommends ${missing[*]}"
	fi
	say "installing ${missing[*]}"
	export DEBIAN_FRONTEND=noninteractive
	policy_set
	logged packages "the packages could not be installed" apt_install "${missing[@]}"
	policy_unset
	# Nor at the next boot.
	for name in nginx redis-server; do
		case " ${missing[*]} " in
		*" $name "*) deb-systemd-helper disable "$name.service" >/dev/null 2>&1 || true ;;
		esac
	done
}
