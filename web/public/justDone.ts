/*
 * What the page before has done. It is kept in the entry of the browser's history, so a reload and
 * Back show the page again, while an address typed in or kept as a bookmark has nothing to show.
 */
export function justDone<T = true>(name: 'registered' | 'named' | 'reset'): T | null {
	return (window.history.state as Record<string, T | undefined> | null)?.[name] ?? null
}
