/* The form tables as the browser reads them: conditions, requests, messages. */
import { describe, expect, it } from 'vitest'
import type { Values } from '../shared/api/schemas'
import { isAsked, payloadOf, type Facts } from '../shared/form/asked'
import { formErrors } from '../shared/form/check'
import { formSpec, rules } from '../shared/rules'

const asked = (form: string, values: Values, facts: Facts) =>
	formSpec(form)
		.fields.filter((field) => field.control !== 'hidden' && isAsked(field, formSpec(form), values, facts))
		.map((field) => field.name)

describe('what is asked (APP-20…35)', () => {
	const always = [
		'contact_name',
		'contact_phone',
		'contact_email',
		'application_letter',
		'agreement',
		'supplement',
		'plan',
		'remark',
	]

	it('医保混合支付 asks for no channel and no application', () => {
		for (const kind of ['hospital', 'pharmacy'])
			expect(
				asked(
					'application',
					{ business_type: 'mixed', channel: 'wechat', app_source: 'own_new' },
					{ '@kind': kind },
				),
			).toEqual(['business_type', ...always])
	})

	it('线上授权 asks for the application by its source', () => {
		const of = (app_source: string) =>
			asked('application', { business_type: 'auth', app_source }, { '@kind': 'hospital' })
		expect(of('official')).toEqual(['business_type', 'channel', 'app_source', 'official_channel', ...always])
		expect(of('own_existing')).toEqual(['business_type', 'channel', 'app_source', 'existing_app', ...always])
		expect(of('own_new')).toEqual([
			'business_type',
			'channel',
			'app_source',
			'app_name',
			'app_screenshot',
			'app_type',
			...always,
		])
	})

	it('only a 药店 is asked for 线上购药服务渠道, and for a name only with 其他', () => {
		const of = (purchase_channels: string[]) =>
			asked('application', { business_type: 'auth', purchase_channels }, { '@kind': 'pharmacy' })
		expect(of(['self'])).toContain('purchase_channels')
		expect(of(['self'])).not.toContain('purchase_other')
		expect(of(['self', 'other'])).toContain('purchase_other')
	})
})

describe('what is asked for acceptance (ACC-10…20)', () => {
	it('recordings by kind, proof only for 授权', () => {
		const of = (kind: string, proof = '') => asked('acceptance', { proof }, { '@kind': kind })
		expect(of('hospital_mixed')).toEqual([
			'order_no',
			'video_clinic',
			'video_booking',
			'video_other',
			'test_report',
		])
		expect(of('pharmacy_mixed')).toEqual(['order_no', 'video_purchase', 'video_other', 'test_report'])
		expect(of('hospital_auth', 'code')).toContain('auth_code')
		expect(of('hospital_auth', 'person')).toEqual(
			expect.arrayContaining(['tester_name', 'tester_id_type', 'tester_id_no']),
		)
		expect(of('hospital_auth', 'person')).not.toContain('auth_code')
	})
})

describe('the request', () => {
	it('holds asked and filled fields only, numbers as numbers, telephone numbers without spaces', () => {
		const spec = formSpec('application')
		const values = {
			business_type: 'auth',
			app_source: 'official',
			official_channel: '7',
			app_name: '留下的旧名称',
			contact_name: ' 孙联系 ',
			contact_phone: '138 0013 8000',
			remark: '',
		}
		expect(payloadOf(spec, values, { '@kind': 'hospital' })).toEqual({
			business_type: 'auth',
			app_source: 'official',
			official_channel: 7,
			contact_name: '孙联系',
			contact_phone: '13800138000',
		})
	})

	it('keeps a password as typed and says no as well as yes', () => {
		const spec = formSpec('register_operator')
		const body = payloadOf(spec, { password: ' a1b2c3d4 ', id_forever: false, id_end: '2030-01-01' }, {})
		expect(body).toMatchObject({ password: ' a1b2c3d4 ', id_forever: false, id_end: '2030-01-01' })
		expect(payloadOf(spec, { id_forever: true, id_end: '2030-01-01' }, {})).not.toHaveProperty('id_end')
	})
})

describe('messages', () => {
	it('are the words of the table, in its order', () => {
		const spec = formSpec('register_unit')
		const found = formErrors(spec, { uscc: '91350100M000100Y44', account: '单位' }, {})
		expect(found.map((error) => error.field)).toEqual(
			spec.fields.filter((field) => field.required && field.control !== 'hidden').map((field) => field.name),
		)
		for (const error of found)
			expect(error.text).toBe(spec.fields.find((field) => field.name === error.field)?.hint)
	})

	it('spare what is not asked and what may stay empty', () => {
		const found = formErrors(formSpec('acceptance'), {}, { '@kind': 'pharmacy_mixed' })
		expect(found.map((error) => error.field)).toEqual(['order_no', 'video_purchase', 'test_report'])
	})

	it('accept a number with spaces and the country code', () => {
		expect(formErrors(formSpec('login_operator'), { phone: '+86 138 0013 8000' }, {}, ['phone'])).toEqual([])
		expect(formErrors(formSpec('register_operator'), { sms_code: '12 34 56' }, {}, ['sms_code'])).toEqual([])
	})
})

it('every file field names a slot that exists', () => {
	for (const form of Object.values(rules.forms))
		for (const field of form.fields)
			if (field.type === 'file')
				expect(rules.slots, `${form.name}.${field.name}`).toHaveProperty(field.slot ?? '')
})
