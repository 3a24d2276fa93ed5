/* What the guide says wrongly or twice, and what was decided instead. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import site from '../../deploy/site.json'
import { rules } from '../shared/rules'

const texts = ['public', 'review', 'shared'].flatMap((folder) =>
	readdirSync(join(__dirname, '..', folder), { recursive: true, encoding: 'utf8' })
		.filter((name) => /\.(vue|ts|json)$/.test(name))
		.map((name) => readFileSync(join(__dirname, '..', folder, name), 'utf8')),
)

describe('words', () => {
	it('are the same for 医院 and 药店 where the guide copied one for the other', () => {
		expect(texts.length).toBeGreaterThan(50)
		for (const wrong of ['定点医疗机构编码', '医院验收单', '08088888'])
			expect(texts.filter((text) => text.includes(wrong))).toEqual([])
	})

	it('carry no step numbers of the guide: steps are counted where they are shown', () => {
		for (const form of Object.values(rules.forms))
			for (const field of form.fields)
				expect(`${field.label}${field.hint ?? ''}`).not.toMatch(/^[(（]?\d+[)）.、]/)
	})

	it('name the one ICP number', () => {
		expect(site.icp).toBe('京ICP备19000471号-1')
	})

	it('end at 验收审核通过: there is no state for 应用上线', () => {
		expect(rules.statuses.map((status) => status.code)).toEqual([
			'draft',
			'apply_review',
			'apply_rejected',
			'applied',
			'accept_review',
			'accept_rejected',
			'accepted',
			'discarded',
		])
	})
})
