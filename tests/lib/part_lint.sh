# What a script can refuse, so that no reader has to. Sourced by tests/run.
# shellcheck shell=bash

# formatted: every C file, exactly as clang-format would write it.
formatted() {
	find fcgi handlers sql tests -name '*.[ch]' -print0 | sort -z |
		xargs -0 clang-format --dry-run -Werror
}

# scripts: ours in shell, read by shellcheck.
scripts() {
	shellcheck -x deploy/up deploy/down tests/run .ci/run deploy/lib/*.sh tests/lib/*.sh tests/lint/*.sh
}

# C files that differ from the main branch, or the last commit's when this is the main branch.
changed() {
	local base

	base=$(git merge-base HEAD main 2>/dev/null)
	[ -n "$base" ] && [ "$base" != "$(git rev-parse HEAD)" ] || base=HEAD~1
	git diff --name-only --diff-filter=d "$base" -- 'fcgi/*.c' 'handlers/*.c' 'sql/*.c'
}

tidy() {
	local files

	mapfile -t files < <(changed)
	[ ${#files[@]} -gt 0 ] || return 0
	cmake -S . -B build -DCMAKE_EXPORT_COMPILE_COMMANDS=ON >/dev/null &&
		clang-tidy --quiet -p build "${files[@]}"
}

# pages: the formatting and the rules of web/, each tool by itself. Its packages are those of the build.
pages() {
	(
		# shellcheck source=/dev/null
		. deploy/lib/common.sh && . deploy/lib/build.sh && web_packages >/dev/null &&
			cd web && PATH=$PWD/node_modules/.bin:$PATH && "$@"
	)
}

part_lint() {
	export -f formatted scripts changed tidy pages
	check result tests/lint/result.sh
	check layers tests/lint/layers.sh
	check words tests/lint/words.sh
	check nocompile-gcc tests/lint/nocompile.sh gcc
	check nocompile-clang tests/lint/nocompile.sh clang
	check files tests/lint/files.sh
	check settings tests/lint/settings.sh
	check ids tests/lint/ids.sh
	check names tests/lint/names.sh
	check asvs tests/lint/asvs.sh
	check format bash -o pipefail -c formatted
	check scripts bash -c scripts
	check prettier bash -c 'pages prettier --check .'
	check eslint bash -c 'pages eslint --max-warnings 0 .'
	check stylelint bash -c 'pages stylelint "**/*.{css,vue}"'
	[ -z "$LONG" ] || check tidy bash -c tidy
}
