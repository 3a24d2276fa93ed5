/* Keys on screen, 上报渠道公钥 made in the browser, and what the national bureau does about keys. */
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { detail, ready } from '../../tests/http/cases.mjs'
import { sql } from '../../tests/http/client.mjs'
import type { Locator, Page } from '@playwright/test'
import { become, filed, officerOf, operatorOf, passed } from './ready'
import { button, expect, fill, link, test } from './person'

const { sm2 } = createRequire(import.meta.url)('sm-crypto')
const SHOTS = process.env.KEY_SHOTS
const hexOf = (text: string) => Buffer.from(text, 'base64').toString('hex')

async function shot(page: Page, name: string): Promise<void> {
	if (!SHOTS) return
	for (const width of [1280, 390]) {
		await page.setViewportSize({ width, height: 900 })
		await page.screenshot({ path: `${SHOTS}/${name}-${width}.png`, fullPage: true })
	}
	await page.setViewportSize({ width: 1280, height: 900 })
}

/* Everything this page sends: addresses, headers and bodies. */
function listen(page: Page): string[] {
	const sent: string[] = []
	page.on('request', (request) =>
		sent.push(request.url(), JSON.stringify(request.headers()), request.postData() ?? ''),
	)
	return sent
}

test('密钥 are hidden until asked for one by one; each time leaves a trace', async ({ visit }) => {
	const who = await operatorOf('hospital')
	const number = await filed(who, 'auth')
	await passed(number)
	await ready(who, number, 'test')
	await who.client.prove() /* for the session both use */
	const { page } = await visit('public')
	await become(page, who.client)
	await page.goto(`/applications/${number}`)
	await page
		.getByRole('link', { name: /^查看密钥/ })
		.first()
		.click()
	await expect(page.getByRole('heading', { name: '测试环境密钥' })).toBeVisible()
	await expect(page.getByText('••••••••')).toHaveCount(2)
	await shot(page, 'keys-hidden')
	const body = await page.locator('body').innerText()
	const { value } = await who.client.post(`applications/${number}/sheets/test/reveal`, { field: 'secret' })
	expect(body).not.toContain(value)
	const reveals = () =>
		Number(
			sql(`SELECT COUNT(*) FROM audit WHERE object = 'application/${number}' AND deed = 'sheet.reveal'`)[0]![0],
		)
	expect(reveals()).toBe(1)
	await page.getByRole('button', { name: /^查看\s*数字密钥/ }).click()
	await expect(page.getByText(value, { exact: true })).toBeVisible()
	await page.getByRole('button', { name: /^查看\s*渠道私钥/ }).click()
	await expect(page.getByRole('button', { name: /^隐藏/ })).toHaveCount(2)
	await shot(page, 'keys-shown')
	expect(reveals()).toBe(3)
	await page.getByRole('button', { name: /^隐藏\s*数字密钥/ }).click()
	await expect(page.getByText(value, { exact: true })).toHaveCount(0)
})

test('上报渠道公钥: a pair made in the browser; the private key is saved and never sent', async ({ visit }) => {
	const who = await operatorOf('hospital')
	const number = await filed(who, 'mixed')
	await passed(number)
	await ready(who, number, 'test')
	await who.client.prove()
	const { page } = await visit('public')
	const sent = listen(page)
	await become(page, who.client)
	await page.goto(`/applications/${number}/channel-key`)
	await shot(page, 'channel-key-paste')
	const saved: string[] = []
	for (const round of [0, 1]) {
		if (round) await page.reload()
		await page.getByLabel(/在浏览器中生成密钥对/).check()
		await button(page, '生成密钥对').click()
		await expect(page.locator('form').getByRole('button', { name: '上报渠道公钥' })).toBeDisabled()
		if (!round) await shot(page, 'channel-key-made')
		const download = page.waitForEvent('download')
		await button(page, '下载渠道私钥').click()
		const text = readFileSync(await (await download).path(), 'utf8')
		const privateKey = /渠道私钥（32 字节，Base64）：(\S+)/.exec(text)![1]!
		const publicKey = /Base64）：(\S{88})/.exec(text)![1]!
		expect(sm2.getPublicKeyFromPrivateKey(hexOf(privateKey))).toBe(hexOf(publicKey))
		await button(page, '上报渠道公钥').click()
		await expect(page.getByText('渠道公钥已上报')).toBeVisible()
		const { current } = await who.client.get(`applications/${number}/channel-key`)
		expect(current.public_key).toBe(publicKey)
		saved.push(privateKey)
	}
	await expect(page.getByRole('row', { name: /当前使用/ })).toHaveCount(1)
	await expect(page.getByRole('row', { name: /已替换/ })).toHaveCount(1)
	await shot(page, 'channel-key-history')
	/* in no form the browser could have put it into a request */
	const all = sent.join('\n')
	expect(all).toContain('/channel-key')
	for (const key of saved)
		for (const form of [
			key,
			encodeURIComponent(key),
			hexOf(key),
			hexOf(key).toUpperCase(),
			key.replace(/=+$/, ''),
			BigInt(`0x${hexOf(key)}`).toString(),
		])
			expect(all.includes(form)).toBe(false)
})

test('上报渠道公钥: a private key is known before anything is sent; mistakes are named', async ({ visit }) => {
	const who = await operatorOf('hospital')
	const number = await filed(who, 'mixed')
	await passed(number)
	await who.client.prove()
	const { page, complaints } = await visit('public')
	const sent = listen(page)
	await become(page, who.client)
	await page.goto(`/applications/${number}/channel-key`)
	const send = page.locator('form').getByRole('button', { name: '上报渠道公钥' })
	const [key, signature] = [page.getByLabel('渠道公钥'), page.getByLabel('挑战值签名')]
	const { publicKey, privateKey } = sm2.generateKeyPairHex()
	const secrets = [
		privateKey,
		Buffer.from(privateKey, 'hex').toString('base64'),
		`-----BEGIN EC PRIVATE KEY-----\n${privateKey}`,
	]
	for (const [index, secret] of secrets.entries()) {
		const field = index % 2 ? signature : key
		if (index) await field.fill(secret)
		else await paste(page, field, secret)
		if (index) await send.click()
		await expect(page.getByText('应视为已泄露').first()).toBeVisible()
		await expect(field).toHaveValue('')
		if (!index) await shot(page, 'channel-key-private')
	}
	await key.fill(publicKey)
	const challenge = (await page.locator('form code').innerText()).trim()
	await signature.fill(sm2.doSignature(`${challenge}\n`, privateKey, { hash: true }))
	await send.click()
	await expect(page.getByText('末尾多了换行').first()).toBeVisible()
	await shot(page, 'channel-key-mistake')
	expect(complaints.splice(0)).toHaveLength(1) /* 422 */
	await signature.fill(sm2.doSignature(challenge, privateKey, { hash: true }))
	await send.click()
	await expect(page.getByText('渠道公钥已上报')).toBeVisible()
	const all = sent.join('\n')
	for (const secret of [privateKey, encodeURIComponent(secrets[1]!), secrets[1]!])
		expect(all.includes(secret)).toBe(false)
})

async function paste(page: Page, field: Locator, text: string): Promise<void> {
	await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
	await page.evaluate((given) => navigator.clipboard.writeText(given), text)
	await field.focus()
	await page.keyboard.press('Control+V')
}

test('密钥管理: 换发 with 并行期 and 作废 by the nation; others read', async ({ visit }) => {
	const who = await operatorOf('hospital')
	const number = await filed(who, 'auth')
	await passed(number)
	await ready(who, number, 'test')
	const { page } = await visit('review')
	await become(page, await officerOf('province'))
	await page.goto(`/applications/${number}`)
	await link(page, '密钥管理').click()
	await expect(page.getByText('仅国家医疗保障局可以作废和换发')).toBeVisible()
	await expect(page.getByRole('button', { name: /^换发/ })).toHaveCount(0)

	const nation = (await visit('review')).page
	await become(nation, await officerOf('nation'))
	await nation.goto(`/applications/${number}/keys`)
	await nation.getByRole('button', { name: /^换发\s*测试环境密钥/ }).click()
	await button(nation, '下一步').click()
	await expect(nation.getByText('请填写换发原因').first()).toBeVisible()
	await fill(nation, 'reissue', { overlap_days: '30', reason: '定期更换' })
	await shot(nation, 'credentials-dialog')
	await button(nation, '下一步').click()
	await expect(nation.getByText('旧密钥还可使用 30 天')).toBeVisible()
	await button(nation, '确认换发').click()
	await expect(nation.getByText('新的密钥和反馈单已生成')).toBeVisible()
	await expect(nation.getByText('并行期')).toBeVisible()
	await shot(nation, 'credentials-overlap')
	await nation.getByRole('button', { name: /^作废\s*测试环境旧密钥/ }).click()
	await fill(nation, 'revocation', { reason: '旧密钥泄露' })
	await button(nation, '下一步').click()
	await expect(nation.getByText('换发后的密钥不受影响')).toBeVisible()
	await shot(nation, 'credentials-older')
	await button(nation, '确认作废').click()
	await expect(nation.getByText('旧密钥已作废')).toBeVisible()
	await expect(nation.locator('.j-tag', { hasText: '已停用' })).toHaveCount(1)
	await nation.getByRole('button', { name: /^作废\s*测试环境密钥/ }).click()
	await fill(nation, 'revocation', { reason: '密钥泄露' })
	await button(nation, '下一步').click()
	await button(nation, '确认作废').click()
	await expect(nation.getByText('密钥已作废，经办人已收到通知')).toBeVisible()
	await expect(nation.locator('.j-tag', { hasText: '已停用' })).toHaveCount(2)
	await shot(nation, 'credentials')
	const applicant = (await visit('public')).page
	await become(applicant, who.client)
	await applicant.goto(`/applications/${number}`)
	await expect(applicant.getByText('密钥已被国家医疗保障局作废，换发后可下载新的反馈单').first()).toBeVisible()
	await shot(applicant, 'detail-revoked')
	expect((await detail(who, number)).sheets.every((s: { blocked: string | null }) => s.blocked)).toBe(true)
})
