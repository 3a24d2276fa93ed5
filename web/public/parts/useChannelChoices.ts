/* The two choices the table cannot hold: official channels by 接入渠道, and this institution's own apps. */
import { ref, watch } from 'vue'
import { api } from '@/api/client'
import { choiceText, fieldSpec, type Choice } from '@/rules'
import type { Form } from '@/form/useForm'

export function useChannelChoices(form: Form) {
	const choices = ref<Record<string, Choice[]>>({ official_channel: [], existing_app: [] })
	const types = fieldSpec('application', 'app_type').choices

	async function loadOfficial(channel: string): Promise<void> {
		const { items } = await api.get('official-channels', { channel })
		choices.value = {
			...choices.value,
			official_channel: items.map((each) => ({ code: String(each.id), text: each.name })),
		}
		const known = items.some((each) => String(each.id) === String(form.values.official_channel))
		if (!known) form.values.official_channel = ''
	}

	async function loadExisting(): Promise<void> {
		const { items } = await api.get('existing-apps')
		choices.value = {
			...choices.value,
			existing_app: items.map((each) => ({
				code: each.id,
				text: [each.name, choiceText(types, each.type)].filter(Boolean).join(' · '),
			})),
		}
	}

	watch(
		() => [form.values.app_source, form.values.channel] as const,
		([source, channel], before) => {
			if (source === 'official' && channel) void loadOfficial(String(channel)).catch(() => undefined)
			if (source === 'own_existing' && before?.[0] !== source) void loadExisting().catch(() => undefined)
		},
		{ immediate: true },
	)
	return choices
}
