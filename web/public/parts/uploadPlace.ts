/*
 * What an unfinished upload of a draft is remembered by. A draft without a number yet goes by its
 * institution; once it has one, a reload must still find what was begun before. Signing out forgets
 * whatever begins with 'tus::'.
 */
const keyOf = (number: string) => `tus::place::${number}`

export function uploadPlace(number: string, institution: string): string {
	if (!number) return `new-${institution}`
	return localStorage.getItem(keyOf(number)) ?? number
}

export function keepUploadPlace(number: string, place: string): void {
	localStorage.setItem(keyOf(number), place)
}
