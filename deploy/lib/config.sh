# Secrets, made once, and the settings written from them. Sourced.
# shellcheck shell=bash

# kept FILE NAME: the value a settings file already has for NAME.
kept() {
	sed -n "s/^$2=//p" "$1" 2>/dev/null || true
}

# private OWNER FILE: standard input becomes FILE, readable for OWNER only, all at once.
private() {
	local file=$2

	(umask 077 && cat >"$file.new")
	[ "$(id -u)" != 0 ] || chown "$1" "$file.new"
	mv "$file.new" "$file"
}

settings() {
	cat <<-E
		# Written by deploy/up; see deploy/portal.env.example for the meaning of each line.
		PORTAL_DB_SOCKET=$DB_SOCKET
		PORTAL_DB_NAME=jieru
		PORTAL_DB_USER=jieru
		PORTAL_DB_PASSWORD=$DB_PASSWORD
		PORTAL_DB_TIMEOUT=3
		PORTAL_REDIS_SOCKET=$KV_SOCKET
		PORTAL_REDIS_TIMEOUT=2
		PORTAL_RUN=$VAR/run
		PORTAL_STORE=$VAR/store
		PORTAL_STORE_DIGEST=${JIERU_STORE_DIGEST:-sha256}
		PORTAL_CLAMD=${JIERU_CLAMD:-}
		PORTAL_KEYRING=$VAR/keyring
		PORTAL_VAULT=$VAR/vault
		PORTAL_AUDIT_KEY=$VAR/audit-key
		PORTAL_AUDIT_HEADS=$VAR/audit-heads
		PORTAL_MIGRATIONS=$ROOT/sql/migrations
		PORTAL_COOKIE_SECURE=0
		PORTAL_SESSION_IDLE=1800
		PORTAL_SESSION_MAX=28800
		PORTAL_STAFF_PASSWORD_DAYS=90
		PORTAL_EFFORT_BITS=12
		PORTAL_STAFF_TOTP=${JIERU_STAFF_TOTP:-$([ -n "$DEMO" ] && echo optional || echo required)}
		PORTAL_SMS_PROVIDER=file
		PORTAL_SMS_FILE=$VAR/sms.log
		PORTAL_ORIGIN=http://localhost:$PORT,http://127.0.0.1:$PORT
		PORTAL_REVIEW_ORIGIN=http://localhost:$((PORT + 1)),http://127.0.0.1:$((PORT + 1))
		PORTAL_PREFIX=$PREFIX
		PORTAL_ADDRESS_FACTOR=100
		PORTAL_PERSON_FACTOR=3
		PORTAL_FONT=WenQuanYi Zen Hei
		PORTAL_ORDER_CHECK_URL=${JIERU_ORDER_CHECK:-}
		PORTAL_UNIT_CHECK_URL=${JIERU_UNIT_CHECK:-}
		PORTAL_READER=${JIERU_READER:-}
		PORTAL_SITE_FILE=$ROOT/deploy/site.json
	E
}

# portal.env is what workers read. admin.env adds the account that may change tables; only
# migrations and seeds are started with it, so a worker does not know its password.
write_settings() {
	DB_PASSWORD=$(kept "$VAR/portal.env" PORTAL_DB_PASSWORD)
	DB_ADMIN_PASSWORD=$(kept "$VAR/admin.env" PORTAL_DB_ADMIN_PASSWORD)
	DB_PASSWORD=${DB_PASSWORD:-$(random 24)}
	DB_ADMIN_PASSWORD=${DB_ADMIN_PASSWORD:-$(random 24)}
	settings | private "$WEB_USER" "$VAR/portal.env"
	{
		settings
		printf 'PORTAL_DB_ADMIN_USER=jieru_admin\n'
		printf 'PORTAL_DB_ADMIN_PASSWORD=%s\n' "$DB_ADMIN_PASSWORD"
	} | private "$(id -un)" "$VAR/admin.env"
	if [ ! -e "$VAR/sms.log" ]; then
		private "$WEB_USER" "$VAR/sms.log" </dev/null
	fi
}

# The keys of personal fields and those of keys and 数字密钥 (fcgi/crypto/keyring.h). Lost, all that was encrypted with it is lost too.
make_keyrings() {
	if [ -e "$VAR/keyring" ] && [ ! -e "$VAR/vault" ]; then # of a version that had only one
		private "$WEB_USER" "$VAR/vault" <"$VAR/keyring"
	fi
	[ -e "$VAR/audit-key" ] || # what signs the ends of the audit (handlers/admin/audit_seal.h)
		head -c 32 /dev/urandom | base64 | private "$WEB_USER" "$VAR/audit-key"
	[ -e "$VAR/audit-heads" ] || private "$WEB_USER" "$VAR/audit-heads" </dev/null
	for name in keyring vault; do
		[ -e "$VAR/$name" ] ||
			printf '1 %s\n' "$(random 32)" | private "$WEB_USER" "$VAR/$name"
	done
}
