/* 大字版 and 高对比度, remembered on this computer. */
import { reactive } from 'vue'

export type Mode = 'large' | 'contrast'
export const modes = reactive<Record<Mode, boolean>>({ large: false, contrast: false })
const keyOf = (mode: Mode) => `jieru.${mode}`

function show(mode: Mode): void {
	document.documentElement.classList.toggle(`is-${mode}`, modes[mode])
}

export function restoreModes(): void {
	for (const mode of ['large', 'contrast'] as const) {
		modes[mode] = localStorage.getItem(keyOf(mode)) === '1'
		show(mode)
	}
}

export function toggleMode(mode: Mode): void {
	modes[mode] = !modes[mode]
	localStorage.setItem(keyOf(mode), modes[mode] ? '1' : '')
	show(mode)
}
