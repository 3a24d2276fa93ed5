/* Single keys for people who review all day; off where somebody does not want them (WCAG 2.1.4). */
import { onBeforeUnmount, onMounted, ref } from 'vue'

export interface Key {
	key: string
	text: string
	run: () => void
}

const KEPT = 'jieru.keys'
export const enabled = ref(localStorage.getItem(KEPT) !== 'off')

export function enable(on: boolean): void {
	enabled.value = on
	localStorage.setItem(KEPT, on ? 'on' : 'off')
}

/* Somebody types, or a dialog is open: then a key is a letter. */
function busy(target: EventTarget | null): boolean {
	if (document.querySelector('dialog[open]')) return true
	return (
		target instanceof HTMLElement &&
		(target.isContentEditable ||
			(/^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) &&
				!/^(checkbox|radio|button)$/.test((target as HTMLInputElement).type)))
	)
}

/* The keys of a page while it is open; `?` shows them. */
export function useKeys(keys: () => Key[]) {
	const shown = ref(false)
	function press(event: KeyboardEvent): void {
		if (event.ctrlKey || event.metaKey || event.altKey || busy(event.target)) return
		if (event.key === '?') {
			event.preventDefault()
			shown.value = true
			return
		}
		const found = enabled.value ? keys().find((each) => each.key === event.key) : undefined
		if (!found) return
		event.preventDefault()
		found.run()
	}
	onMounted(() => document.addEventListener('keydown', press))
	onBeforeUnmount(() => document.removeEventListener('keydown', press))
	return { shown, keys }
}
