# What a script can refuse, so that no reader has to. Sourced by tests/run.
# shellcheck shell=bash

# formatted: every C file, exactly as clang-format would write it.
formatted() {
	find fcgi handlers sql tests -name '*.[ch]' -print0 | sort -z |
		xargs -0 clang-format --dry-run -Werror
}

# scripts: ours in shell, read by shellcheck.
scripts() {
	shellcheck -x deploy/up deploy/down tests/run .ci/run deploy/lib/*.sh tests/tools/*.sh
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

part_lint() {
	export -f formatted scripts changed tidy
	check result tests/tools/check_result.sh
	check layers tests/tools/check_layers.sh
	check words tests/tools/check_words.sh
	check nocompile-gcc tests/tools/check_nocompile.sh gcc
	check nocompile-clang tests/tools/check_nocompile.sh clang
	check files tests/tools/check_files.sh
	check settings tests/tools/check_settings.sh
	check ids tests/tools/check_ids.sh
	check format bash -o pipefail -c formatted
	check scripts bash -c scripts
	[ -z "$LONG" ] || check tidy bash -c tidy
}
