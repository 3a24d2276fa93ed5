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

/* Hands a text made in the page to the person as a file. */
export function saveText(name: string, text: string): void {
	const url = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }))
	const link = document.createElement('a')
	link.href = url
	link.download = name
	document.body.append(link)
	link.click()
	link.remove()
	setTimeout(() => URL.revokeObjectURL(url), 1000)
}
