/* The two ways out of a session: asked for, and run out. */
import { useRouter } from 'vue-router'
import { signOut } from '@/session'
import { mayLeave } from './page'

export function useLeaving() {
	const router = useRouter()

	async function leave(): Promise<void> {
		if (!(await mayLeave())) return
		await signOut()
		await router.push('/login')
	}

	/* A session that ran out leaves nothing of itself in the page. */
	function left(expired: boolean): void {
		const next = encodeURIComponent(router.currentRoute.value.fullPath)
		window.location.assign(router.resolve(expired ? `/login?expired=1&next=${next}` : '/login').href)
	}
	return { leave, left }
}
