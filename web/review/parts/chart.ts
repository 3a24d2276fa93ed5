/* What both charts need: how wide they may be, and round numbers for an axis. */
import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue'

export function useWidth(box: Ref<HTMLElement | undefined>, first: number): Ref<number> {
	const width = ref(first)
	const watcher = new ResizeObserver(([entry]) => {
		if (entry) width.value = Math.max(240, Math.floor(entry.contentRect.width))
	})
	onMounted(() => box.value && watcher.observe(box.value))
	onBeforeUnmount(() => watcher.disconnect())
	return width
}

/* 0 and at most five round steps up to `most` or a little more. */
export function ticks(most: number): number[] {
	if (most <= 0) return [0, 1]
	const rough = most / 4
	const power = 10 ** Math.floor(Math.log10(rough))
	const step = Math.max(1, [1, 2, 5, 10].map((each) => each * power).find((each) => each >= rough) ?? power)
	return Array.from({ length: Math.ceil(most / step) + 1 }, (_, i) => i * step)
}

/* 12,345 or 1.2 万: short enough for an axis */
export function short(value: number): string {
	return value >= 10000 ? `${Number((value / 10000).toFixed(1))} 万` : value.toLocaleString('zh-CN')
}
