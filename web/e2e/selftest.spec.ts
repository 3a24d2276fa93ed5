/* 联调自测, 联调说明 and what the officers see of a run that passed. */
import { envelope, keysOf, LIBRARIES } from '../../tests/http/channel.mjs'
import { acceptanceForm, detail, ready, sheet } from '../../tests/http/cases.mjs'
import { faults } from './faults'
import { become, filed, officerOf, operatorOf, passed } from './ready'
import { button, expect, field, link, test } from './person'

const lib = LIBRARIES['sm-crypto']

test('a mistake is shown with code that does it right; a run that passed is shown to the officers', async ({
	visit,
}) => {
	const who = await operatorOf('hospital')
	const number = await filed(who, 'mixed')
	await passed(number)
	const keys = await keysOf(who.client, sheet(await ready(who, number, 'test'), 'test', 'payment').url)
	const { page } = await visit('public')
	await become(page, who.client)
	await page.goto(`/applications/${number}/selftest`)
	const run = async (options: object) => {
		await field(page, 'selftest', 'envelope').fill(JSON.stringify(envelope(lib, keys, { b: 1, a: '值' }, options)))
		await button(page, '开始自测').click()
	}

	await run({ signedData: { some: 'thing' } })
	const untold = page.getByText('未能全部判定').locator('..')
	await expect(untold.getByText('已检查：')).toBeVisible()
	await expect(untold.getByText(/待签名串的字节数（UTF-8）：应为 \d+/)).toBeVisible()
	expect(await faults(page, 'selftest untold')).toEqual([])
	await run({ spaces: true, key: (secret: string) => `&key=${secret.toLowerCase()}` })
	await expect(page.getByText('小写的数字密钥')).toBeVisible()
	await expect(page.locator('mark').first()).toBeVisible()
	expect((await page.content()).toUpperCase()).not.toContain(keys.appSecret)
	await run({ spaces: true })
	const result = page.getByRole('status').filter({ hasText: '诊断结果' })
	await expect(result.getByRole('heading', { name: '待签名的 JSON 里有空格' })).toBeVisible()
	await result.getByText('正确的写法').click()
	await result.getByRole('tab', { name: /Java（/ }).click()
	await expect(result.getByRole('tabpanel')).toContainText('static String canonical(Object value)')
	await result.getByRole('tab', { name: /Java（/ }).press('ArrowRight')
	await expect(result.getByRole('tabpanel')).toContainText('export function canonical(v)')
	expect(await faults(page, 'selftest')).toEqual([])

	await run({ signedData: { b: '1', a: '值' } })
	await expect(page.getByText('报文正确：可以解密，签名通过。')).toBeVisible()
	const differs = result.getByRole('heading', { name: '待签名串里 data 第一层的数字带了引号（部分平台如此）' })
	await expect(differs).toBeVisible()
	expect(await faults(page, 'selftest differs')).toEqual([])
	await field(page, 'selftest', 'strict').check()
	await run({ signedData: { b: '1', a: '值' } })
	await expect(page.getByText('报文正确：可以解密，签名通过。')).toBeHidden()
	await expect(differs).toBeVisible()
	await field(page, 'selftest', 'strict').uncheck()

	await run({})
	await expect(page.getByText('报文正确：可以解密，签名通过。')).toBeVisible()
	await expect(page.getByText(String(keys.appId))).toBeVisible()

	await link(page, '联调说明').click()
	await expect(page.locator('h1')).toHaveText('联调说明')
	await page.getByLabel('查找').fill('base64')
	await page.getByText('signData 是十六进制文本的 Base64').click()
	await expect(page.getByText('sign_hex_base64')).toBeVisible()
	await page.getByText('拼接待签名串', { exact: true }).click()
	expect(await faults(page, 'integration')).toEqual([])
	const [archive] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('link', { name: /下载示例程序/ }).click(),
	])
	expect(archive.suggestedFilename()).toBe('jieru-clients.zip')

	const { version } = await detail(who, number)
	const saved = await who.client.put(`applications/${number}/acceptance`, {
		...(await acceptanceForm(who, 'hospital', 'mixed')),
		version,
	})
	await who.client.post(`applications/${number}/acceptance/submission`, { version: saved.version })
	const officer = (await visit('review')).page
	await become(officer, await officerOf('local'))
	await officer.goto(`/applications/${number}`)
	const card = officer.locator('section').filter({ has: officer.getByRole('heading', { name: '联调自测' }) })
	await expect(card).toContainText(String(keys.appId))
	await expect(card).toContainText('appId、version、timestamp、encType、signType、encData、signData')
	for (const step of ['核对密钥', '读取报文', '解密 encData', '验证 signData', '核对时间戳'])
		await expect(card).toContainText(`${step}：通过`)
	for (const secret of [keys.appSecret, keys.channelPrivateKey]) expect(await officer.content()).not.toContain(secret)
})
