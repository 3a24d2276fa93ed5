/* Pages opened at the wrong time, by the wrong person, or twice. */
import { become, filed, operatorOf } from './ready'
import { button, expect, field, fill, link, settled, test } from './person'

test('pages of a step that is not to be taken say so; addresses with nonsense in them still open', async ({
	visit,
}) => {
	const who = await operatorOf('hospital')
	const number = await filed(who, 'mixed')
	const { number: draft } = await who.client.create('applications', { business_type: 'mixed' })
	const { page } = await visit('public')
	await become(page, who.client)
	for (const [place, text] of [
		[`/applications/${number}/check`, '此申请单已提交，不能再修改。'],
		[`/applications/${number}/edit`, '此申请单已提交，不能再修改。'],
		[`/applications/${number}/acceptance`, '当前状态不能填写验收单。'],
		[`/applications/${number}/done?acceptance=1`, '验收单还没有提交。'],
		[`/applications/${draft}/done`, '申请单还没有提交。'],
	] as const) {
		await page.goto(place)
		await expect(page.getByText(text), place).toBeVisible()
		await expect(page.getByRole('button', { name: /提交|打印/ }), place).toHaveCount(0)
	}
	await page.goto(`/applications/${draft}`)
	await expect(page.getByText('待提交').first()).toBeVisible()
	await expect(button(page, '打印回执')).toHaveCount(0)
	await page.goto('/applications?state=nonsense&business_type=x&limit=7')
	await expect(page.getByText('共 2 条')).toBeVisible()
	/* the unit's own account reads */
	const unit = (await visit('public')).page
	await become(unit, who.unitClient)
	await unit.goto(`/applications/${draft}/edit`)
	await expect(unit).toHaveURL(new RegExp(`/applications/${draft}$`))
	await unit.goto('/applications/new/edit')
	await expect(unit).toHaveURL(/\/applications$/)
})

test('a draft in two windows: the later one says what to do, and overwrites nothing; a line that came back is not complained of', async ({
	visit,
}) => {
	const who = await operatorOf('hospital')
	const { page, complaints } = await visit('public')
	await become(page, who.client)
	const { number } = await who.client.create('applications', { business_type: 'mixed' })
	const other = await page.context().newPage()
	for (const window of [page, other]) {
		await window.goto(`/applications/${number}/edit`)
		await settled(window)
	}
	await page.context().setOffline(true)
	await fill(page, 'application', { contact_name: '先改的' })
	await button(page, '保存').click()
	await expect(page.getByRole('alert').first()).toContainText('网络连接失败')
	await page.context().setOffline(false)
	await fill(page, 'application', { remark: '恢复后' })
	await expect(page.getByText(/草稿已于 \d\d:\d\d 自动保存/)).toBeVisible()
	await expect(page.getByRole('alert')).toHaveCount(0)
	await fill(other, 'application', { contact_name: '后改的' })
	await expect(other.getByRole('alert')).toContainText('已在别的窗口中修改')
	await expect(field(other, 'application', 'contact_name')).toHaveValue('后改的')
	expect((await who.client.get(`applications/${number}`)).answers.contact_name).toBe('先改的')
	complaints.splice(0)
})

test('a page asked for while the line is down says so, and opens by itself when it is back', async ({ visit }) => {
	const who = await operatorOf('hospital')
	const { page, complaints } = await visit('public')
	await become(page, who.client)
	for (const known of [false, true]) {
		await page.goto(known ? '/unit' : '/applications')
		if (known) await link(page, '定点医药机构移动支付申请').click()
		await settled(page)
		await page.context().setOffline(true)
		await link(page, '单位管理首页').click()
		await expect(page.getByRole('alert').filter({ hasText: '网络连接失败' })).toBeVisible()
		await page.context().setOffline(false)
		await expect(page.getByRole('heading', { level: 1, name: '单位管理首页' })).toBeVisible()
		await expect(page.getByRole('alert')).toHaveCount(0)
		await expect(page).toHaveURL(/\/unit$/)
	}
	complaints.splice(0)
})

test('a window that is older than the version now served goes on with the new one', async ({ visit }) => {
	const who = await operatorOf('hospital')
	const { page, complaints } = await visit('public')
	await become(page, who.client)
	await page.goto('/applications')
	await settled(page)
	let gone = 0
	await page.route(/assets\/UnitHomePage/, (route) => (gone++ ? route.continue() : route.fulfill({ status: 404 })))
	await link(page, '单位管理首页').click()
	await expect(page.getByRole('heading', { level: 1, name: '单位管理首页' })).toBeVisible()
	expect(gone).toBeGreaterThan(1)
	complaints.splice(0)
})
