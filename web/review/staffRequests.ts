/* 待复核: how many requests of colleagues wait for this 安全管理员. */
import { ref } from 'vue'
import { api } from '@/api/client'

export const waiting = ref(0)

export async function loadWaiting(): Promise<void> {
	try {
		waiting.value = (await api.get('staff-requests/count')).waiting
	} catch {
		/* the page itself says what is wrong */
	}
}
