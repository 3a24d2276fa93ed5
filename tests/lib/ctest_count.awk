# Reads CTest's JUnit report; prints "PASSED FAILED". A CUnit program tells how many of its tests
# passed, and those are counted; one that crashed, or failed beside them (a leak), is one failure.
function close_case() {
	if (name == "")
		return
	if (ran) {
		passed += good
		failed += bad
		if (status != "run" && bad == 0)
			failed++
	} else if (status == "run") {
		passed++
	} else {
		failed++ # a skipped one was asked for, too
	}
	name = ""
}
/<testcase / {
	close_case()
	name = status = $0
	sub(/.* status="/, "", status)
	sub(/".*/, "", status)
	ran = good = bad = 0
}
{ sub(/^.*<system-out>/, "") }
# Run Summary:    Type  Total    Ran Passed Failed Inactive
$1 == "tests" && NF >= 6 && $2 ~ /^[0-9]+$/ {
	ran = 1
	good += $4
	bad += $5
}
END {
	close_case()
	if (passed + failed)
		print passed + 0, failed + 0
}
