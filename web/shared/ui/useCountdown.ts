/* Counts seconds down and then does something once, unless it is stopped. */
import { onBeforeUnmount, ref } from 'vue'

export function useCountdown(seconds: number, then: () => void) {
	const left = ref(seconds)
	const stopped = ref(false)
	const timer = setInterval(() => {
		left.value--
		if (left.value > 0) return
		clearInterval(timer)
		then()
	}, 1000)

	function stop(): void {
		stopped.value = true
		clearInterval(timer)
	}

	onBeforeUnmount(() => clearInterval(timer))
	return { left, stopped, stop }
}
