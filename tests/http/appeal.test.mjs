// 申诉 against who registered our 统一社会信用代码 first, and bureaus that take a certification back.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, test } from 'node:test';
import { SAMPLES, submitted } from './cases.mjs';
import { Client, messages, sql, until } from './client.mjs';
import { licence } from './licence.mjs';
import { appeal, asListed, certify, decide, institutions, OFFICERS, officer, phone, readyOperator, register, uscc } from './people.mjs';

const send = (client, file, name = '执照.pdf') =>
  client.send('POST', `appeals/licence?file=${encodeURIComponent(name)}`, readFileSync(file), { 'content-type': 'application/octet-stream' });
const found = async (client, code, view = 'pending') => (await client.get(`appeals?view=${view}`)).items.find((row) => row.uscc === code);

describe('申诉', () => {
  let local;
  let row;
  let impostor;
  let own;

  before(async () => {
    local = await officer(OFFICERS.local);
    [row] = institutions('hospital');
    impostor = await register('pharmacy', row.uscc, { name: '张三的小卖部' });
    own = new Client();
    await own.loginUnit(impostor.unit.account, impostor.unit.password);
  });

  test('needs the code of an institution that somebody registered, and a proved phone', async () => {
    const client = new Client();
    await client.session();
    const body = { contact: '孙申诉', statement: '该代码是我院的', phone: phone() };
    let wrong = await client.post('appeals', { ...body, uscc: row.uscc, sms_code: '000000' }, 422, '0'.repeat(32));
    assert.equal(wrong.errors[0].field, 'sms_code');
    let sms_code = await client.smsCode('appeal', body.phone);
    wrong = await client.post('appeals', { ...body, uscc: uscc(), sms_code }, 422, '1'.repeat(32));
    assert.match(wrong.errors[0].text, /目录中没有/);
    const [free] = institutions('hospital');
    body.phone = phone();
    sms_code = await client.smsCode('appeal', body.phone);
    wrong = await client.post('appeals', { ...body, uscc: free.uscc, sms_code }, 422, '2'.repeat(32));
    assert.match(wrong.errors[0].text, /尚未注册/);
    assert.equal((await send(client, licence(row))).status, 409);
    assert.equal(await found(local, row.uscc), undefined);
  });

  test('is with the bureau once the licence is there, which is looked at like any upload', async () => {
    const client = new Client();
    await client.session();
    const body = { contact: '孙申诉', statement: '该代码是我院的', phone: phone() };
    const sms_code = await client.smsCode('appeal', body.phone);
    const { bureau } = await client.create('appeals', { uscc: row.uscc, ...body, sms_code });
    assert.equal(bureau, '广州市医疗保障局');
    assert.equal(await found(local, row.uscc), undefined);
    for (const [file, name] of [[`${SAMPLES}/测试报告.zip`, '执照.pdf'], [licence(row), '执照.exe']]) assert.equal((await send(client, file, name)).status, 422);
    assert.equal((await client.send('POST', 'appeals/licence', readFileSync(licence(row)), { 'content-type': 'application/octet-stream' })).status, 422);
    assert.equal((await send(client, licence(row))).status, 204);
    assert.equal((await send(client, licence(row))).status, 409);
    assert.ok((await local.get('messages')).items.some((m) => m.title === '申诉待办' && m.text.includes(row.name)));
    const { id } = await found(local, row.uscc);
    const seen = await local.get(`appeals/${id}`);
    assert.deepEqual([seen.contact, seen.phone, seen.holder.name], [body.contact, body.phone, '张三的小卖部']);
    assert.ok(!JSON.stringify(seen).includes(impostor.unit.legal_id_no));
    assert.equal((await local.send('GET', `uploads/${seen.licence.id}/content`)).status, 200);
    for (const account of ['cd01', OFFICERS.province]) {
      const other = await officer(account);
      await other.get(`appeals/${id}`, 404);
      assert.equal((await other.send('GET', `uploads/${seen.licence.id}/content`)).status, 404);
    }
  });

  test('不成立 needs a reason, which the contact gets by SMS; the account keeps the code', async () => {
    const { id } = await found(local, row.uscc);
    const { version, phone: to } = await local.get(`appeals/${id}`);
    const wrong = await local.post(`appeals/${id}/ruling`, { event: 'dismiss', version }, 422);
    assert.equal(wrong.errors[0].field, 'ground');
    await local.post(`appeals/${id}/ruling`, { event: 'dismiss', ground: 'licence', version });
    const text = await until(() => messages(to).find((m) => /未予支持/.test(m)));
    assert.ok(text.includes(row.name) && text.includes('广州市医疗保障局') && text.includes('营业执照与定点医药机构目录不一致'));
    await local.post(`appeals/${id}/ruling`, { event: 'dismiss', ground: 'holder', version }, 409);
    assert.equal((await found(local, row.uscc, 'done')).state, 'dismissed');
    await own.get('unit');
  });

  test('成立 takes the code from the account, which is told; it is registered again and certified', async () => {
    const { phone: to } = await appeal(row);
    const { id } = await found(local, row.uscc);
    const { version } = await local.get(`appeals/${id}`);
    const second = await officer('gz02');
    const answers = await Promise.all([local, second].map((each) => each.send('POST', `appeals/${id}/ruling`, { event: 'release', version })));
    assert.deepEqual(answers.map((a) => a.status).sort(), [200, 409]);
    assert.match(await until(() => messages(to).find((m) => /申诉/.test(m) && /成立/.test(m))), /重新注册/);

    await own.get('unit', 401); // its sessions ended
    const operator = await until(() => messages(impostor.operator.phone).find((m) => /收回/.test(m)));
    assert.ok(!operator.includes('张三'));
    await own.loginUnit(impostor.unit.account, impostor.unit.password); // to read why
    const page = await own.get('unit');
    assert.equal(page.certification, 'revoked');
    assert.match(page.certification_reason, /收回了该账号登记的统一社会信用代码/);
    assert.ok((await own.get('messages')).items.some((m) => m.title === '统一社会信用代码已收回'));
    const business_licence = await own.upload('business_licence', licence(row));
    await own.post('unit/certification', { business_licence }, 409);
    await own.get('applications', 403);

    const { unit } = await register('hospital', row.uscc, asListed(row));
    const client = new Client();
    await client.loginUnit(row.uscc, unit.password);
    assert.equal((await client.session()).unit.name, row.name);
    assert.equal((await certify(client, unit)).certification, 'passed');
    assert.equal(sql(`SELECT COUNT(*) FROM unit WHERE uscc = '${row.uscc}'`)[0][0], '2');
  });

  test('enough of them about one code wait, and no more are taken', async () => {
    const [other] = institutions('hospital');
    await register('hospital', other.uscc, asListed(other));
    for (let i = 0; i < 5; i++) await appeal(other);
    const client = new Client();
    await client.session();
    const body = { uscc: other.uscc, contact: '孙申诉', statement: '该代码是我院的', phone: phone() };
    await client.post('appeals', { ...body, sms_code: await client.smsCode('appeal', body.phone) }, 409, '3'.repeat(32));
  });
});

describe('撤销认证', () => {
  let who;
  let local;
  let id;
  let number;
  before(async () => {
    who = await readyOperator('hospital', SAMPLES);
    number = await submitted(who, 'hospital', 'mixed');
    local = await officer(OFFICERS.local);
    id = (await who.client.get('session')).unit.id;
  });

  test('certified units of the region are listed for spot checks, those of other regions are not', async () => {
    const search = encodeURIComponent(who.institution.name.slice(0, 8));
    const listed = async (client, query = '') => (await client.get(`units?search=${search}${query}`)).items.some((row) => row.id === id);
    assert.ok(await listed(local));
    assert.ok(await listed(local, '&region=440103'));
    assert.ok(!(await listed(local, '&region=440104')));
    assert.ok(!(await listed(local, '&state=revoked')));
    for (const account of [OFFICERS.province, OFFICERS.nation]) assert.ok(await listed(await officer(account)));
    assert.ok((await local.get(`units?search=${who.unit.uscc}`)).items.some((row) => row.id === id));
    const chengdu = await officer('cd01');
    assert.ok(!(await listed(chengdu)));
    await chengdu.get(`units/${id}`, 404);
    await chengdu.get('units?region=440100', 422);
    await local.get('units?state=manual', 422);
    const seen = await local.get(`units/${id}`);
    assert.ok(seen.checks.items.every((c) => c.by_catalogue !== 'differs'));
    assert.equal(seen.running, 1);
    assert.equal((await local.send('GET', `uploads/${seen.licence.id}/content`)).status, 200);
    assert.ok(!JSON.stringify(seen).includes(who.unit.legal_id_no));
  });

  test('needs a reason; the unit is told and files nothing from then on, at a desk nothing passes', async () => {
    const { version } = await local.get(`units/${id}`);
    const wrong = await local.post(`units/${id}/revocation`, { version }, 422);
    assert.equal(wrong.errors[0].field, 'remark');
    await local.post(`units/${id}/revocation`, { remark: '抽查发现执照不符', version: version + 7 }, 409);
    await local.post(`units/${id}/revocation`, { remark: '抽查发现执照不符', version }, 204);
    await local.post(`units/${id}/revocation`, { remark: '再次', version }, 409);
    const page = await who.unitClient.get('unit');
    assert.equal(page.certification, 'revoked');
    assert.match(page.certification_reason, /广州市医疗保障局撤销认证：抽查发现执照不符/);
    for (const client of [who.client, who.unitClient]) {
      assert.ok((await client.get('messages')).items.some((m) => m.title === '认证已撤销'));
      assert.match((await client.get('applications', 403)).detail, /撤销/);
    }
    const { version: filed } = await local.get(`applications/${number}`);
    const refused = await local.post(`applications/${number}/decision`, { version: filed, event: 'pass', remark: '同意' }, 409);
    assert.match(refused.detail, /已被撤销/);
    await decide(local, number, 'reject', '认证已撤销');
    assert.ok((await local.get(`units?state=revoked&search=${who.unit.uscc}`)).items.some((row) => row.id === id));
  });

  test('is not undone by the catalogue: a bureau has to look again', async () => {
    const seen = await certify(who.unitClient, who.unit);
    assert.equal(seen.certification, 'manual');
    assert.equal(seen.certification_reason, '医保局曾撤销本单位的认证');
    const { version } = await local.get(`certifications/${id}`);
    await local.post(`certifications/${id}/decision`, { event: 'pass', until: '2099-12-31', version });
    assert.equal((await who.client.get('applications')).items.length, 1);
  });
});
