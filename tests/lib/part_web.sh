# The pages: types, formats and the walk in a browser. Sourced by tests/run.
# shellcheck shell=bash

WALKERS=2 # browsers, each at work on a core
IN_WEB=(env -C web "PATH=$PWD/web/node_modules/.bin:$PATH")

# report KIND FILE: counts the tests of a report; none is a failure.
report() {
	local numbers

	if ! numbers=$(node tests/lib/report.mjs "$1" "$2" "$OUT/took" 2>/dev/null); then
		fail "${2##*/} names no test that ran"
		return
	fi
	# shellcheck disable=SC2086
	count $numbers
}

# What needs no browser.
part_pages() {
	local name

	newer_node
	for name in openapi openapi-review; do
		build/portal export "$name" >"$OUT/$name.json"
	done
	check openapi "${IN_WEB[@]}" REDOCLY_TELEMETRY=off REDOCLY_SUPPRESS_UPDATE_NOTICE=true \
		redocly lint --config redocly.yaml "$OUT/openapi.json" "$OUT/openapi-review.json"
	check types "${IN_WEB[@]}" vue-tsc --noEmit
	run "${IN_WEB[@]}" vitest run --reporter=default --reporter=json \
		--outputFile="$OUT/vitest.json" >"$OUT/vitest" 2>&1 || tail -n 60 "$OUT/vitest"
	report vitest "$OUT/vitest.json"
}

# Each worker of Playwright has a stack of its own: web/playwright.config.ts.
part_walk() {
	local list='' stack

	if ! ls web/playwright.config.* >/dev/null 2>&1; then
		fail "web/ has no walk"
		return
	fi
	stacks "${LANES[@]::$WALKERS}" || return
	newer_node
	for stack in "${STACKS[@]::$WALKERS}"; do
		list+=${list:+,}$(
			stack_env "$stack"
			node -p 'JSON.stringify(Object.fromEntries(process.argv.slice(1).map((name) => [name, process.env[name]])))' \
				BASE REVIEW VAR UP_ARGS JIERU_VAR TMPDIR
		)
	done
	run "${IN_WEB[@]}" "STACKS=[$list]" PLAYWRIGHT_JSON_OUTPUT_NAME="$OUT/walk.json" \
		playwright test --reporter=list,json --output="$OUT/walk-files" >"$OUT/walk" 2>&1 ||
		tail -n 100 "$OUT/walk"
	report walk "$OUT/walk.json"
}
