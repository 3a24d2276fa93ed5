/* Who looks at a file stands over it, in the page and in full screen; without the grant nothing is saved. */
import { type Page } from '@playwright/test'
import { officer } from '../../tests/http/people.mjs'
import { accepting, become, filed, operatorOf, passed } from './ready'
import { faults } from './faults'
import { button, expect, test } from './person'

const folder = process.env.ADMIN_SHOTS
const full = (page: Page) =>
	page.evaluate(() => {
		const whole = document.fullscreenElement
		const mark = whole?.querySelector('.j-watermark')?.getBoundingClientRect()
		return (
			whole && {
				tag: whole.tagName,
				covers: !!mark && mark.width >= innerWidth && mark.height >= innerHeight,
				text: whole.textContent,
			}
		)
	})

test('PDF, picture and recording carry the mark, in full screen too', async ({ visit }) => {
	const who = await operatorOf('hospital')
	const number = await filed(who, 'auth')
	await passed(number)
	await accepting(who, number, 'auth')
	const { page, complaints } = await visit('review')
	await become(page, await officer('gj02'))
	await page.goto(`/applications/${number}`)
	const mark = page.locator('#preview .j-watermark')
	expect(
		await mark.evaluate((node) => getComputedStyle(node).pointerEvents + getComputedStyle(node).userSelect),
	).toBe('nonenone')
	for (const [file, element] of [
		['application_letter', 'iframe'],
		['app_screenshot', 'img'],
		['video_clinic', 'video'],
	] as const) {
		await page.locator(`button[data-file="${file}"]`).click()
		const shown = page.locator(`#preview ${element}`)
		await expect(shown).toBeVisible()
		if (element === 'iframe') {
			await expect(page.frameLocator('iframe').locator('body')).toBeAttached()
			expect(await faults(page, 'watermark')).toEqual([])
		}
		await expect(mark).toContainText('韩知秋 gj02')
		await expect(mark).toContainText('国家医疗保障局')
		const [over, under] = await Promise.all([mark.boundingBox(), shown.boundingBox()])
		expect(over!.width >= under!.width - 1 && over!.height >= under!.height - 1).toBe(true)
		if (element === 'video') await expect(page.locator('video')).toHaveJSProperty('readyState', 4)
		if (folder) await page.screenshot({ path: `${folder}/mark-${element}.png` })
		await button(page, '全屏').click()
		await expect
			.poll(() => full(page))
			.toMatchObject({ tag: 'DIV', covers: true, text: expect.stringContaining('gj02') })
		if (folder) await page.screenshot({ path: `${folder}/mark-${element}-full.png` })
		await page.evaluate(() => document.exitFullscreen())
		await expect.poll(() => full(page)).toBeNull()
	}
	/* the recording's own ways out of the page are closed */
	await page.locator('video').dblclick()
	expect((await full(page))?.tag).not.toBe('VIDEO')
	expect(
		await page
			.locator('video')
			.evaluate((video: HTMLVideoElement & { controlsList: DOMTokenList }) => [
				...video.controlsList,
				video.disablePictureInPicture,
			]),
	).toEqual(['nofullscreen', 'nodownload', 'noremoteplayback', true])
	await expect(page.getByRole('link', { name: /^下载/ })).toHaveCount(0)
	const { page: taker } = await visit('review')
	await become(taker, await officer('gj01'))
	await taker.goto(`/applications/${number}`)
	await expect(taker.getByRole('link', { name: /^下载/ })).toBeVisible()
	/* neither a script nor a link that says download gets the file */
	const src = (await page.locator('video').getAttribute('src')) ?? ''
	expect(await page.evaluate(async (url) => (await fetch(url)).status, src)).toBe(403)
	expect((await page.request.get(src)).status()).toBe(403)
	const asked = page.waitForEvent('download')
	await page.evaluate(
		(url) => Object.assign(document.createElement('a'), { href: url, download: 'x.mp4' }).click(),
		src,
	)
	expect(await (await asked).failure()).toBeTruthy()
	/* what was refused the console complains of */
	expect(complaints.splice(0).every((text) => text.includes('403'))).toBe(true)
})
