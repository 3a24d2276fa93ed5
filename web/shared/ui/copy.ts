/* The clipboard of today needs https; an intranet may not have it, so the old way stays as a second. */
export async function copyText(text: string): Promise<boolean> {
	try {
		await navigator.clipboard.writeText(text)
		return true
	} catch {
		return copyBySelection(text)
	}
}

function copyBySelection(text: string): boolean {
	const area = document.createElement('textarea')
	area.value = text
	area.className = 'j-unseen'
	document.body.append(area)
	area.select()
	const done = document.execCommand('copy')
	area.remove()
	return done
}
