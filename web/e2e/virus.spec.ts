/* Row 6: a file in which the virus scanner finds something, as its owner sees it. The scanner is a real clamd. */
import { writeFileSync } from 'node:fs'
import { bytes, pdf, pdfStream } from '../../tests/samples/formats.mjs'
import { Clamd, EICAR } from '../../tests/http/clamd.mjs'
import { sql, VAR } from '../../tests/http/client.mjs'
import { become, operatorOf } from './ready'
import { button, expect, field, test, upload } from './person'
import { restart } from './stack'

const clamd = new Clamd(`${VAR}/run/clamd`)
test.beforeAll(() => restart({ JIERU_CLAMD: clamd.socket })) /* nobody listens there yet: files wait */
test.afterAll(async () => {
	await clamd.end()
	await restart({ JIERU_CLAMD: '' })
})

/* The jobs ask again after a while; not so long here. */
const due = () => sql("UPDATE job SET run_at = 0 WHERE state = 1 AND kind = 'scan_upload'")

test('ui 6: a file is checked while one goes on; a virus is said at the file, with what to do', async ({ visit }) => {
	const who = await operatorOf('hospital')
	const { page, complaints } = await visit('public')
	await become(page, who.client)
	const { number } = await who.client.create('applications', { business_type: 'mixed' })
	await page.goto(`/applications/${number}/edit`)
	const file = test.info().outputPath('申请方案.pdf')
	writeFileSync(file, pdf({ objects: [pdfStream(bytes(EICAR))] as never[] }))
	await field(page, 'application', 'plan').setInputFiles(file)
	const box = page.locator('.j-field').filter({ has: field(page, 'application', 'plan') })
	await expect(box.getByText('检测中')).toBeVisible()
	await expect(page.getByText(/草稿已于 \d\d:\d\d 自动保存/)).toBeVisible()

	await clamd.start()
	await expect(async () => {
		due()
		await expect(box.getByRole('alert')).toHaveText(
			'“申请方案.pdf”中发现病毒，已被隔离。请杀毒或更换文件后重新上传',
			{ timeout: 1000 },
		)
	}).toPass()
	await expect(box.getByText('含病毒，已隔离')).toBeVisible()
	await expect(box.getByRole('button', { name: /^预览/ })).toHaveCount(0)
	await expect(field(page, 'application', 'plan')).toHaveAttribute('aria-invalid', 'true')
	await expect(page.getByRole('listitem').filter({ hasText: '申请方案' })).toContainText('未通过')
	await page.reload()
	await expect(box.getByRole('alert')).toBeVisible()

	/* the file found out is one the server takes no more */
	const refused = page.waitForResponse((answer) => answer.request().method() === 'PUT')
	await button(page, '保存').click()
	expect((await refused).status()).toBeLessThan(500)
	await upload(page, 'application', 'plan', '申请函.pdf')
	await expect(box.getByRole('alert')).toHaveCount(0)
	await expect(page.getByRole('listitem').filter({ hasText: '申请方案' })).toContainText('已上传')
	await page.goto('/messages')
	await expect(page.getByText('您上传的“申请方案.pdf”中发现病毒').first()).toBeVisible()
	complaints.splice(0)
})
