/* The one file chosen in an input, which is then ready for the next, be it the same. */
export function takenFile(event: Event): File | undefined {
	const input = event.target as HTMLInputElement
	const file = input.files?.[0]
	input.value = ''
	return file
}
