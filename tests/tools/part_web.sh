# The pages: types, formats and the walk in a browser. Sourced by tests/run.
# shellcheck shell=bash

part_web() {
	ls web/playwright.config.* >/dev/null 2>&1 || {
		fail "web/ has no walk"
		return
	}
	stack || return
	newer_node
	check types run_in_web vue-tsc --noEmit
	run_in_web vitest run --reporter=default --reporter=json \
		--outputFile="$OUT/vitest.json" >"$OUT/vitest" 2>&1 || tail -n 60 "$OUT/vitest"
	count_json "$OUT/vitest.json" '[r.numPassedTests, r.numFailedTests]'

	PLAYWRIGHT_JSON_OUTPUT_NAME=$OUT/walk.json run_in_web playwright test \
		--reporter=list,json --output="$OUT/walk-files" >"$OUT/walk" 2>&1 ||
		tail -n 100 "$OUT/walk"
	# A test that failed first and passed when repeated has failed.
	count_json "$OUT/walk.json" \
		'[r.stats.expected, r.stats.unexpected + r.stats.flaky + r.errors.length]'
}

run_in_web() {
	run env -C web PATH="$PWD/web/node_modules/.bin:$PATH" "$@"
}
