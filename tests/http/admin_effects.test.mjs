// What the administration changes is there for applicants on their next request, at every worker; and two at once.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { applicationForm, SAMPLES } from './cases.mjs';
import { Client, sql } from './client.mjs';
import { officer, readyOperator } from './people.mjs';

const WORKERS = 12; // requests at once, so that each worker is asked
const everywhere = (ask) => Promise.all(Array.from({ length: WORKERS }, ask));
let admin;
let second;
before(async () => {
  admin = await officer('xt01');
  second = await officer('xt01');
});

describe('two 系统管理员 at one row', () => {
  const change = { bureaus: 'name', regions: 'name', institutions: 'name', 'official-channels': 'name', dictionaries: 'text', announcements: 'title' };
  test('in each table one of them is told that somebody was quicker, and nothing is lost', async () => {
    await admin.post('catalogues/announcements', { title: '两人修改', body: '两人同时修改的公告', starts: '2020-01-01', ends: '2020-01-02', active: false }, 201);
    for (const [table, field] of Object.entries(change)) {
      const { items } = await admin.get(`catalogues/${table}`);
      const { id, ...row } = items.at(-1);
      const answers = await Promise.all([admin, second].map((client, i) => client.send('PUT', `catalogues/${table}/${id}`, { ...row, [field]: `${row[field]}${i + 1}` })));
      assert.deepEqual(answers.map((a) => a.status).sort(), [200, 409], table);
      const problem = await answers.find((a) => a.status === 409).json();
      assert.equal(problem.code, 'CONFLICT');
      assert.match(problem.title ?? problem.detail, /他人修改/);
      const now = await admin.get(`catalogues/${table}/${id}`);
      assert.equal(now.version, row.version + 1);
      assert.equal(now[field], `${row[field]}${answers[0].status === 200 ? 1 : 2}`);
      await admin.put(`catalogues/${table}/${id}`, { ...row, version: now.version });
    }
  });
  test('the same new row twice at once: one is there', async () => {
    const row = { code: `t_${randomBytes(4).toString('hex')}`, name: '同时新增', channel: 'wechat', active: false };
    const answers = await Promise.all([admin, second, admin, second].map((client) => client.send('POST', 'catalogues/official-channels', row)));
    assert.deepEqual(answers.map((a) => a.status).sort(), [201, 409, 409, 409]);
  });
});

describe('公告', () => {
  const text = { title: '停机<b>维护</b>', body: '今晚 22:00 起维护。\n请提前保存。' };
  let id;
  const shown = async () => (await new Client().get('announcements')).items.filter((item) => item.id === id);
  test('stands on the home page at once, as it was typed, and nowhere before its day or after it', async () => {
    ({ id } = await admin.post('catalogues/announcements', { ...text, starts: '2020-01-01', ends: '2099-12-31', active: true }, 201));
    for (const found of await everywhere(shown)) assert.deepEqual([found[0]?.title, found[0]?.body], [text.title, text.body]);
    let version = 1;
    for (const [starts, ends, active, is] of [['2098-01-01', '2099-12-31', true, 0], ['2020-01-01', '2020-01-02', true, 0], ['2020-01-01', '2099-12-31', false, 0], ['2020-01-01', '2099-12-31', true, 1]]) {
      await admin.put(`catalogues/announcements/${id}`, { ...text, starts, ends, active, version });
      version++;
      for (const found of await everywhere(shown)) assert.equal(found.length, is, `${starts} ${ends} ${active}`);
    }
    await admin.put(`catalogues/announcements/${id}`, { ...text, starts: '2020-01-01', ends: '2019-12-31', active: true, version }, 422);
    await admin.put(`catalogues/announcements/${id}`, { ...text, starts: '2020-01-01', ends: '2099-12-31', active: false, version });
  });
  test('is written by the 系统管理员 alone', async () => {
    for (const account of ['aq01', 'sj01', 'gj01']) {
      const other = await officer(account);
      await other.get('catalogues/announcements', 403);
      await other.post('catalogues/announcements', { ...text, starts: '2020-01-01', ends: '2099-12-31', active: true }, 403);
      await other.put(`catalogues/announcements/${id}`, { ...text, version: 1 }, 403);
    }
  });
});

describe('模板', () => {
  const send = (name, file, bytes) => admin.send('POST', `documents/${name}?file=${encodeURIComponent(file)}`, bytes, { 'content-type': 'application/octet-stream' });
  const fetched = async () => new Client().send('GET', 'documents/test-report');
  after(() => sql("DELETE FROM document WHERE name = 'test-report'"));
  test('a new version is what every applicant downloads from now on', async () => {
    const before = Buffer.from(await (await fetched()).arrayBuffer());
    assert.equal(String(before.subarray(0, 5)), '%PDF-');
    for (const file of ['申请函.pdf', '测试报告.docx']) {
      const bytes = readFileSync(`${SAMPLES}/${file}`);
      const { number } = await (await send('test-report', `测试报告模板${file.slice(-5)}`, bytes)).json();
      for (const answer of await everywhere(fetched)) {
        assert.ok(Buffer.from(await answer.arrayBuffer()).equals(bytes));
        assert.match(decodeURIComponent(answer.headers.get('content-disposition')), /测试报告模板/);
      }
      const { versions } = (await admin.get('documents')).items.find((each) => each.name === 'test-report');
      assert.deepEqual([versions[0].number, versions[0].size], [number, bytes.length]);
    }
  });
  test('that is no document is refused with the reason, and changes nothing', async () => {
    const { versions } = (await admin.get('documents')).items.find((each) => each.name === 'test-report');
    for (const [file, bytes] of [['x.pdf', Buffer.from('MZ not a PDF')], ['x.exe', readFileSync(`${SAMPLES}/申请函.pdf`)], ['x.pdf', readFileSync(`${SAMPLES}/营业执照.jpg`)]]) {
      const answer = await send('test-report', file, bytes);
      assert.equal(answer.status, 422, file);
    }
    assert.equal((await send('no-such-template', 'x.pdf', Buffer.from('x'))).status, 404);
    const now = (await admin.get('documents')).items.find((each) => each.name === 'test-report');
    assert.equal(now.versions.length, versions.length);
  });
});

describe('what is in use', () => {
  test('an 官方渠道 switched off is chosen no more, and stays where it was filed', async () => {
    const channel = { code: `t_${randomBytes(4).toString('hex')}`, name: '将停用渠道', channel: 'wechat', active: true };
    const { id } = await admin.post('catalogues/official-channels', channel, 201);
    const who = await readyOperator('hospital', SAMPLES);
    const { app_name, app_type, app_screenshot, ...form } = await applicationForm(who, 'hospital', 'auth');
    const answers = { ...form, app_source: 'official', official_channel: id };
    const first = await who.client.create('applications', answers);
    await who.client.post(`applications/${first.number}/submission`, { version: first.version });
    const draft = await who.client.create('applications', { business_type: 'auth', channel: 'wechat', app_source: 'official', official_channel: id });
    await admin.put(`catalogues/official-channels/${id}`, { ...channel, active: false, version: 1 });
    assert.equal((await who.client.get(`applications/${first.number}`)).answer_texts.official_channel, channel.name);
    const refused = await who.client.send('PUT', `applications/${draft.number}`, { ...answers, version: draft.version });
    const { version } = refused.status === 200 ? await refused.json() : draft;
    const { errors } = await who.client.post(`applications/${draft.number}/submission`, { version }, 422);
    assert.ok(errors.some((e) => e.field === 'official_channel'), JSON.stringify(errors));
  });
  test('a 医保区划 switched off is offered no more; a unit that has it goes on', async () => {
    const who = await readyOperator('hospital', SAMPLES, ['440111']);
    const { items } = await admin.get('catalogues/regions?search=440111');
    const { id, ...row } = items[0];
    await admin.put(`catalogues/regions/${id}`, { ...row, active: false });
    try {
      for (const { items: offered } of await everywhere(() => new Client().get('regions?parent=440100'))) assert.ok(!offered.some((each) => each.code === '440111'));
      await who.client.get('applications');
      assert.equal((await who.client.get('session')).institution.region, '440111');
      await who.client.create('applications', { business_type: 'mixed' });
    } finally {
      await admin.put(`catalogues/regions/${id}`, { ...row, version: row.version + 1 });
    }
  });
  test('a bureau that is renamed has its new name with its officers and applicants at once', async () => {
    const { items } = await admin.get('catalogues/bureaus?search=510100');
    const { id, ...row } = items[0];
    await admin.put(`catalogues/bureaus/${id}`, { ...row, name: '成都市医疗保障局（新）' });
    try {
      assert.equal((await (await officer('cd01')).get('session')).bureau.name, '成都市医疗保障局（新）');
    } finally {
      await admin.put(`catalogues/bureaus/${id}`, { ...row, version: row.version + 1 });
    }
    assert.equal((await admin.post('catalogues/bureaus', { region_code: '510100', name: '又一个医疗保障局' }, 409)).code, 'CONFLICT');
  });
});
