/* Row 39 with a backend that really stands still: every process of the public site is stopped. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { become, operatorOf } from './ready'
import { button, choose, expect, field, fill, test } from './person'

const master = (name: string) => Number(readFileSync(`${process.env.VAR}/run/pid/${name}`, 'utf8').split(' ')[0])

function signal(what: 'SIGSTOP' | 'SIGCONT'): void {
	const parent = master('public')
	const workers = execFileSync('pgrep', ['-P', String(parent)], { encoding: 'utf8' })
		.trim()
		.split('\n')
		.map(Number)
	for (const pid of [parent, ...workers]) process.kill(pid, what)
}
test.afterEach(() => signal('SIGCONT'))

test('ui 39: the backend stands still: what became of the answers, a telephone number, and everything there afterwards', async ({
	visit,
}) => {
	const who = await operatorOf('hospital')
	const { page, complaints } = await visit('public')
	await become(page, who.client)
	await page.goto('/applications/new/edit')
	await choose(page, 'application', 'business_type', 'mixed')
	await expect(page.getByText(/草稿已于/)).toBeVisible()

	signal('SIGSTOP')
	await fill(page, 'application', { contact_name: '停机时写的' })
	await expect(
		page.getByRole('alert').filter({ hasText: '尚未保存：服务暂时不可用，已填写的内容不会丢失' }),
	).toBeVisible()
	const other = await page.context().newPage()
	await other.goto('/applications')
	await expect(other.getByRole('heading', { level: 1, name: '系统暂时无法使用' })).toBeVisible()
	await expect(other.getByText('已经保存的草稿和已上传的文件都在')).toBeVisible()
	await expect(other.getByText(/拨打服务电话：\d/)).toBeVisible()
	expect(await other.locator('body').innerText()).not.toMatch(/nginx|Gateway|upstream|at .*\.js|Error/i)

	signal('SIGCONT')
	await expect(page.getByText(/草稿已于 \d\d:\d\d 自动保存/)).toBeVisible()
	await expect(page.getByRole('alert')).toHaveCount(0)
	await button(other, '重试').click()
	await expect(other.getByRole('row').filter({ hasText: '待提交' })).toHaveCount(1)
	await page.reload()
	await expect(field(page, 'application', 'contact_name')).toHaveValue('停机时写的')
	expect(complaints.splice(0).every((line) => /503|409/.test(line))).toBe(true)
})
