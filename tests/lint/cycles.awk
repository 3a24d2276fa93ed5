# Reads lines "A B": A needs B. Prints each circle, and fails when there is one.
$1 != $2 && !(($1, $2) in edge) {
	edge[$1, $2] = 1
	after[$1] = after[$1] " " $2
	alive[$1] = alive[$2] = 1
}

# The first of those it needs that is still there; "" for none.
function next_of(node,    i, n, list) {
	n = split(after[node], list, " ")
	for (i = 1; i <= n; i++)
		if (list[i] in alive && (node, list[i]) in edge)
			return list[i]
	return ""
}

# Walks on until it comes back to where it was, or to an end, which is taken away.
function walk(node,    seen, path, n, circle) {
	while (!(node in seen)) {
		seen[node] = ++n
		path[n] = node
		if (next_of(node) == "") {
			delete alive[node]
			return
		}
		node = next_of(node)
	}
	for (circle = node; path[n] != node; n--)
		circle = path[n] " needs " circle
	print node " needs " circle
	delete edge[node, next_of(node)]
	bad = 1
}

END {
	for (node in alive)
		start[++count] = node
	for (i = 1; i <= count; i++)
		while (start[i] in alive)
			walk(start[i])
	exit bad
}
