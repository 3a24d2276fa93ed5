/* The captcha for people who do not see it: the button, by keyboard, plays its characters. */
import { expect, test } from './person'

test('语音播报 plays the captcha, by keyboard, on the login page', async ({ visit }) => {
	const { page } = await visit('public')
	await page.goto('/login')
	const speak = page.getByRole('button', { name: '语音播报' }).first()
	await expect(speak).toBeEnabled()
	await speak.focus()
	await page.keyboard.press('Enter')
	await expect
		.poll(() =>
			page
				.locator('audio')
				.first()
				.evaluate((audio: HTMLAudioElement) => (audio.error ? -1 : audio.readyState)),
		)
		.toBeGreaterThanOrEqual(2)
	await expect(page.getByText('语音无法播放')).toHaveCount(0)
})
