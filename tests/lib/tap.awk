# Reads Node's TAP report of one file of tests; prints "PASSED FAILED", and adds to the file `took`
# how long each of them took.
$1 == "#" && $2 == "pass" { passed = $3 }
$1 == "#" && ($2 == "fail" || $2 == "cancelled") { failed += $3 }
/^ *(not )?ok [0-9]+ - / {
	name = $0
	sub(/^ *(not )?ok [0-9]+ - /, "", name)
}
/^ *duration_ms: / { ms = $2 }
/^ *type: 'suite'/ { name = "" }
/^ *\.\.\.$/ {
	if (name != "")
		printf "%d\thttp\t%s: %s\n", ms, file, name >>took
	name = ""
}
END {
	if (passed + failed)
		print passed + 0, failed + 0
}
