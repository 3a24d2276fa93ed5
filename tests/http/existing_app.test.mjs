// 自有渠道（已有）: a pharmacy adds 线上购药 to an application that was accepted (APP-44a, A-35, A-37, A-51).
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { before, describe, test } from 'node:test';
import { acceptanceForm, applicationForm, detail, ready, SAMPLES, sheet, submitted } from './cases.mjs';
import { reportKey } from './channel_key.mjs';
import { decide, everyDesk, passChain, readyOperator } from './people.mjs';

const officers = {};
let who;
let first;

async function numbersOn(number, environment) {
  const d = await ready(who, number, environment);
  const answer = await who.client.send('GET', sheet(d, environment, 'payment').url);
  assert.equal(answer.status, 200);
  const file = `${mkdtempSync(`${tmpdir()}/sheet-`)}/sheet.pdf`;
  writeFileSync(file, Buffer.from(await answer.arrayBuffer()));
  return execFileSync('pdftotext', ['-raw', file, '-'], { encoding: 'utf8' });
}

/** 应用ID as GET /existing-apps knows it. */
const appId = async () => (await who.client.get('existing-apps')).items[0]?.app_id;

async function accept(number) {
  const form = await acceptanceForm(who, 'pharmacy', 'auth');
  const d = await detail(who, number);
  const { version } = await who.client.put(`applications/${number}/acceptance`, { ...form, version: d.version });
  await who.client.post(`applications/${number}/acceptance/submission`, { version });
  await passChain(officers, number);
}

before(async () => {
  Object.assign(officers, await everyDesk());
  who = await readyOperator('pharmacy', SAMPLES);
});

describe('an own application', () => {
  test('cannot be chosen while its 申请 is under review', async () => {
    first = await submitted(who, 'pharmacy', 'auth');
    assert.deepEqual((await who.client.get('existing-apps')).items, []);
    const twin = await who.client.create('applications', await applicationForm(who, 'pharmacy', 'auth'));
    const answer = await who.client.send('POST', `applications/${twin.number}/submission`, { version: twin.version });
    assert.equal(answer.status, 409);
    assert.match(JSON.stringify(await answer.json()), /弃用/);
    await who.client.del(`applications/${twin.number}`);
  });

  test('can be chosen once its 申请 has passed, and its name is taken', async () => {
    await passChain(officers, first);
    await ready(who, first, 'test');
    const { items } = await who.client.get('existing-apps');
    assert.deepEqual(items.map((i) => [i.id, i.name, i.type]), [[first, `小程序${who.institution.code}`, 'miniprogram']]);
    assert.match(items[0].app_id, /^[0-9A-F]{32}$/);
    const form = { ...(await applicationForm(who, 'pharmacy', 'auth')), channel: 'alipay' };
    const twin = await who.client.create('applications', form);
    const answer = await who.client.post(`applications/${twin.number}/submission`, { version: twin.version }, 422);
    assert.equal(answer.errors[0].field, 'app_name');
    await who.client.del(`applications/${twin.number}`);
  });

  test('keeps its 应用ID and keys in a new application', async () => {
    const testId = await appId();
    await accept(first);
    await ready(who, first, 'formal');
    await reportKey(who.client, first);
    const formalId = await appId();
    assert.notEqual(formalId, testId);

    const { app_name: name, app_type: type, app_screenshot: shot, ...form } = await applicationForm(who, 'pharmacy', 'auth');
    assert.ok(name && type && shot);
    const second = await who.client.create('applications', {
      ...form, app_source: 'own_existing', existing_app: first, purchase_channels: ['self', 'jd', 'other'], purchase_other: '示例商城',
    });
    await who.client.post(`applications/${second.number}/submission`, { version: second.version });
    const d = await detail(who, second.number);
    assert.equal(d.app_name, name);
    assert.equal(d.answer_texts.existing_app, name);
    await passChain(officers, second.number);
    const text = await numbersOn(second.number, 'test');
    assert.ok(text.replace(/\s/g, '').includes(testId));
    await accept(second.number);
    // the key reported for the first is the application's, so nothing is blocked
    assert.equal(sheet(await ready(who, second.number, 'formal'), 'formal', 'payment').blocked, null);
    assert.ok((await numbersOn(second.number, 'formal')).replace(/\s/g, '').includes(formalId));
  });
});

test('what an officer reads is what was filed, and a full number is asked for one by one', async () => {
  const number = await submitted(who, 'pharmacy', 'mixed');
  await decide(officers.local, number, 'reject', '请补充');
  const d = await detail(who, number);
  const files = Object.fromEntries(Object.entries(d.files).map(([k, f]) => [k, f.id]));
  await who.client.put(`applications/${number}`, { ...d.answers, ...files, remark: '还没有提交', version: d.version });
  const seen = await officers.local.get(`applications/${number}`);
  assert.equal(seen.answers.remark, '改过一次');
  assert.equal(d.answers.contact_phone, '020-81234567');
  assert.ok(!JSON.stringify(seen).includes('020-81234567'));
  assert.deepEqual(seen.actions, []);
  const { value } = await officers.local.post(`applications/${number}/reveal`, { field: 'contact_phone' });
  assert.equal(value, '020-81234567');
  await officers.local.post(`applications/${number}/reveal`, { field: 'password' }, 422);
  await officers.local.post(`applications/${number}/reveal`, { field: 'tester_name' }, 404);
});
