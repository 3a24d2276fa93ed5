# Reads the C files and headers it is given. A function that is not static and is called from
# another file is declared in the header of its own file's name. What only tables name (handlers,
# jobs, gateways, checkers) may be gathered in a header of its folder or one above it, or in one
# of those named in -v tables. Prints those that are not, and fails then.
function dir_of(path) {
	sub("[^/]*$", "", path)
	return path
}

function gathered(name, file,    i, n, list, home) {
	n = split(headers[name], list, " ")
	for (i = 1; i <= n; i++) {
		home = dir_of(list[i])
		if (substr(file, 1, length(home)) == home || index(tables " ", list[i] " "))
			return 1
	}
	return n == 0 # declared by a macro, from a table
}

FNR == 1 {
	before = ""
	header = FILENAME ~ /\.h$/
}

{
	line = $0
	sub("//.*|/\\*.*", "", line)
	if (line !~ /^ \*/)
		for (rest = line; match(rest, "[a-z_][a-z_0-9]*\\(");) {
			name = substr(rest, RSTART, RLENGTH - 1)
			rest = substr(rest, RSTART + RLENGTH)
			if (header && !((name, FILENAME) in declared)) {
				declared[name, FILENAME] = 1
				headers[name] = headers[name] " " FILENAME
			} else if (!header && !((name, FILENAME) in calls)) {
				calls[name, FILENAME] = 1
				callers[name]++
			}
		}
	if (!header && line ~ /^[a-z_][a-z_0-9]*\(/ && before ~ /^[a-z]/ && before !~ /(^|[ )])static /) {
		name = line
		sub("\\(.*", "", name)
		if (name != "main")
			defined[++count] = name SUBSEP FILENAME
	}
	before = line
}

END {
	for (i = 1; i <= count; i++) {
		split(defined[i], part, SUBSEP)
		own = part[2]
		sub("c$", "h", own)
		if ((part[1], own) in declared ||
		    (callers[part[1]] == 1 && gathered(part[1], part[2])))
			continue
		print part[2] ": " part[1] "() is not declared in " own
		bad = 1
	}
	exit bad
}
