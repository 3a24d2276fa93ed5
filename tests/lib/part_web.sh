# The pages: types, formats and the walk in a browser. Sourced by tests/run.
# shellcheck shell=bash

part_web() {
	stack || return
	newer_node
	local in_web=(env -C web "PATH=$PWD/web/node_modules/.bin:$PATH")

	check types "${in_web[@]}" vue-tsc --noEmit
	run "${in_web[@]}" vitest run --reporter=default --reporter=json \
		--outputFile="$OUT/vitest.json" >"$OUT/vitest" 2>&1 || tail -n 60 "$OUT/vitest"
	count_json "$OUT/vitest.json" '[r.numPassedTests, r.numFailedTests]'

	if ! ls web/playwright.config.* >/dev/null 2>&1; then
		fail "web/ has no walk"
		return
	fi
	rm -f "$OUT/answered"
	run "${in_web[@]}" "ANSWERS=$OUT/answered" PLAYWRIGHT_JSON_OUTPUT_NAME="$OUT/walk.json" playwright test \
		--reporter=list,json --output="$OUT/walk-files" >"$OUT/walk" 2>&1 ||
		tail -n 100 "$OUT/walk"
	# A test that failed first and passed when repeated has failed.
	count_json "$OUT/walk.json" \
		'[r.stats.expected, r.stats.unexpected + r.stats.flaky + r.errors.length]'
	check answers "${in_web[@]}" node tools/answers.mjs "$OUT/answered"
}
