// Invented units, people and institutions; each call makes new ones, so tests never meet.
import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { Client, messages, REVIEW, sql, until } from './client.mjs';

const SYMBOLS = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const digits = (n) => Array.from({ length: n }, () => randomInt(10)).join('');

/** A valid 统一社会信用代码 (GB 32100). */
export function uscc(start = '91440101') {
  const body = start + Array.from({ length: 17 - start.length }, () => SYMBOLS[randomInt(31)]).join('');
  let sum = 0;
  let weight = 1;
  for (const symbol of body) {
    sum += SYMBOLS.indexOf(symbol) * weight;
    weight = (weight * 3) % 31;
  }
  return body + SYMBOLS[(31 - (sum % 31)) % 31];
}

/** A valid 居民身份证 number (GB 11643). */
export function idCard() {
  const body = `440103${randomInt(1960, 2000)}0${randomInt(1, 10)}1${randomInt(10)}${digits(3)}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  return body + '10X98765432'[[...body].reduce((sum, d, i) => sum + d * weights[i], 0) % 11];
}

export const phone = () => `13${digits(9)}`;
export const PASSWORD = 'Jieru2026x';

/** Rows of the catalogue for one USCC: [{code, name, region, uscc}], inserted. */
export function institutions(kind, regions = ['440103'], ofUscc = uscc()) {
  return regions.map((region) => {
    const code = `${kind === 'pharmacy' ? 'P' : 'H'}${region}${digits(5)}`;
    const name = `${kind === 'pharmacy' ? '测试大药房' : '测试医院'}${digits(6)}`;
    sql(`INSERT INTO institution (code, name, region_code, uscc, agreement_start, agreement_end, active)
         VALUES ('${code}', '${name}', '${region}', '${ofUscc}', 1704038400, 1893427200, 1)`);
    return { code, name, region, uscc: ofUscc };
  });
}

/** What a unit writes in step 1 of 单位信息注册. */
export const unitForm = (kind, ofUscc, more = {}) => ({
  account: `unit${digits(8)}`,
  password: PASSWORD,
  password2: PASSWORD,
  name: `测试单位${digits(6)}`,
  institution_kind: kind,
  region: '440103',
  uscc: ofUscc,
  address: '广州市荔湾区测试路 1 号',
  postcode: '510145',
  legal_name: '赵测试',
  legal_id_type: 'id_card',
  legal_id_no: idCard(),
  legal_phone: phone(),
  ...more,
});

/** Step 2 without the SMS code. */
export const operatorForm = (more = {}) => ({
  name: '钱经办',
  id_type: 'id_card',
  id_no: idCard(),
  id_start: '2020-01-01',
  id_forever: true,
  phone: phone(),
  password: PASSWORD,
  password2: PASSWORD,
  ...more,
});

/** Registers a unit: its client (not signed in), and what was written. */
export async function register(kind, ofUscc, unitMore, operatorMore) {
  const client = new Client();
  const unit = unitForm(kind, ofUscc, unitMore);
  const operator = operatorForm(operatorMore);
  await client.session();
  await client.put('registration/unit', unit);
  const sms_code = await client.smsCode('register', operator.phone);
  const made = await client.create('registration', { ...operator, sms_code });
  assert.equal(made.account, unit.account);
  return { unit, operator, made };
}

/**
 * A certified unit with an operator who may apply and is signed in, its one
 * institution chosen: {unit, operator, institution, unitClient, client}.
 */
export async function readyOperator(kind, samples, regions = ['440103']) {
  const [institution, ...others] = institutions(kind, regions);
  const { unit, operator } = await register(kind, institution.uscc);
  const unitClient = new Client();
  await unitClient.loginUnit(unit.account, unit.password);
  const licence = await unitClient.upload('business_licence', `${samples}/营业执照.jpg`);
  const certified = await unitClient.post('unit/certification', { business_licence: licence });
  assert.equal(certified.certification, 'passed');
  const [binding] = (await unitClient.get('operators')).items;
  await unitClient.put(`operators/${binding.id}/grants`, { business: ['mobile_payment'] });
  const client = new Client();
  const session = await client.loginOperator(operator.phone, operator.password);
  if (!session.institution) {
    const { items } = await client.get('session/institutions');
    await client.put('session/institution', { institution_id: items.find((i) => i.code === institution.code).id });
  }
  return { unit, operator, institution, others, unitClient, client };
}

/** What an SMS of an invitation brought to a phone last: a one-time password, or a code. */
export const secretTo = (number) => messages(number).at(-1)?.match(/(?:密码|邀请码) ([A-Za-z0-9]{12})/)?.[1];

/** An operator who is signed in, invited by a unit, accepts; the binding. */
export async function joined(unitClient, operator, client) {
  const { id } = await unitClient.create('operators', { phone: operator.phone });
  await client.post(`session/invitations/${id}/acceptance`, undefined, 204);
  return (await unitClient.get('operators')).items.at(-1);
}

/** A new operator of a certified unit, by the password of the SMS, which he changed: {phone, binding, client}. */
export async function newcomer(unitClient, more) {
  const { password, password2, ...person } = operatorForm(more);
  await unitClient.create('operators', person);
  const old_password = await until(() => secretTo(person.phone));
  const client = new Client();
  await client.loginOperator(person.phone, old_password);
  await client.put('session/password', { old_password, password, password2 }, 204);
  return { phone: person.phone, binding: (await unitClient.get('operators')).items.at(-1), client };
}

export const OFFICERS = { local: 'gz01', province: 'gd01', nation: 'gj01' };

/** An officer of the demo data, signed in. */
export async function officer(account, password = process.env.OFFICER_PASSWORD ?? 'Shenhe-2026') {
  const client = new Client(REVIEW);
  await client.loginOfficer(account, password);
  return client;
}

/** One of each desk, signed in: {local, province, nation}, as passChain() takes them. */
export async function everyDesk() {
  const officers = {};
  for (const [desk, account] of Object.entries(OFFICERS)) officers[desk] = await officer(account);
  return officers;
}

/** One decision by an officer on what lies at their desk. */
export async function decide(client, number, event, remark) {
  const seen = await client.get(`applications/${number}`);
  return client.post(`applications/${number}/decision`, {
    version: seen.version,
    event,
    ...(remark && { remark }),
    ...(seen.records.at(-1).desk === 'nation' && event === 'pass' && { security_checked: true }),
  });
}

/** 地方 → 省 → 国家 all pass. */
export async function passChain(officers, number) {
  for (const desk of ['local', 'province', 'nation']) await decide(officers[desk], number, 'pass', '同意');
}

/** An order number whose time is `ago` seconds before now, in Asia/Shanghai. */
export function orderNo(ago = 600) {
  const t = new Date(Date.now() - ago * 1000 + 8 * 3600 * 1000).toISOString().replace(/[-:T]/g, '').slice(0, 14);
  return `ORD440103${t}${digits(7)}`;
}

export const sentTo = (number, count = 1) => until(() => messages(number).length >= count && messages(number));
