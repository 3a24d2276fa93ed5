/* The two ways out of a session: asked for, and run out. */
import { useRouter } from 'vue-router'
import { signOut } from '@/session'

export function useLeaving() {
	const router = useRouter()

	async function leave(): Promise<void> {
		await signOut()
		await router.push('/login')
	}

	/* A session that ran out leaves nothing of itself in the page. */
	function left(expired: boolean): void {
		const next = encodeURIComponent(router.currentRoute.value.fullPath)
		if (!expired) void router.push('/login')
		else window.location.assign(router.resolve(`/login?expired=1&next=${next}`).href)
	}
	return { leave, left }
}
