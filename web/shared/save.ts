/* A file the page has in hand goes to the browser's downloads. */
export function save(file: Blob, name: string): void {
	const link = document.createElement('a')
	link.href = URL.createObjectURL(file)
	link.download = name
	link.click()
	setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

export function saveText(name: string, text: string): void {
	save(new Blob([text], { type: 'text/plain;charset=utf-8' }), name)
}
