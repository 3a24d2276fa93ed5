// What was refused is in the audit, bounded, and what concerns an account in its owner's 安全记录.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { SAMPLES, submitted } from './cases.mjs';
import { BASE, Client, REVIEW, sql } from './client.mjs';
import { hire, officer, OFFICERS, readyOperator, register, uscc } from './people.mjs';

const rows = (deed, object) => sql(`SELECT detail, role, user_id FROM audit WHERE deed = '${deed}' AND object = '${object}' ORDER BY id`);
const fail = async (client, path, body) => client.send('POST', path, { ...body, password: 'Wrong2026x', ...(await client.captcha()) });

describe('failed logins', () => {
  let unit;
  let id;
  before(async () => {
    ({ unit } = await register('hospital', uscc()));
    id = sql(`SELECT id FROM unit WHERE account = '${unit.account}'`)[0][0];
  });
  test('are in the audit with where they came from, and so is the lock', async () => {
    const client = new Client();
    await client.session();
    for (let i = 0; i < 3; i++) assert.equal((await fail(client, 'session/unit', { account: unit.account })).status, 401);
    assert.deepEqual(rows('session.fail', `session/1/${id}`).map((r) => r[0]), [1, 2, 3].map((n) => `why=password count=${n}`));
    for (let i = 0; i < 2; i++) await fail(client, 'session/unit', { account: unit.account });
    assert.equal(rows('session.lock', `session/1/${id}`).length, 1);
  });
  test('of many, few rows: the first five, the tenth, the hundredth', async () => {
    const client = new Client();
    await client.session();
    const before = rows('session.fail', `session/1/${id}`).length;
    for (let i = 0; i < 21; i++) assert.equal((await fail(client, 'session/unit', { account: unit.account })).status, 429);
    const all = rows('session.fail', `session/1/${id}`);
    assert.ok(all.length - before <= 1, String(all));
    assert.match(all.at(-1)[0], /^why=locked count=10$/);
  });
  test('of accounts nobody has name none', async () => {
    const client = new Client();
    await client.session();
    const last = Number(sql('SELECT MAX(id) FROM audit')[0][0]);
    await fail(client, 'session/unit', { account: 'Geheim2026passwort' });
    const found = sql(`SELECT object, detail FROM audit WHERE id > ${last} AND deed = 'session.fail'`);
    assert.ok(found.every(([object, detail]) => object === 'session/1/0' && !detail.includes('Geheim')));
  });
  test('of an officer, and wrong dynamic codes, too', async () => {
    const account = hire(OFFICERS.local);
    const [[staff]] = sql(`SELECT id FROM staff WHERE account = '${account}'`);
    const client = new Client(REVIEW);
    await client.session();
    await fail(client, 'session/officer', { account });
    const him = await officer(account);
    await him.post('session/totp-secret');
    await him.post('session/totp', { code: '000000' }, 422);
    assert.deepEqual(rows('session.fail', `session/3/${staff}`).map((r) => r[0].split(' ')[0]), ['why=password', 'why=code']);
  });
});

describe('what somebody was refused', () => {
  test('is in the audit under who asked, a few times an hour', async () => {
    const auditor = await officer(hire('sj01', { role: 'auditor' }));
    const me = (await auditor.get('session')).user.account;
    const [[id]] = sql(`SELECT id FROM staff WHERE account = '${me}'`);
    const count = () => sql(`SELECT detail FROM audit WHERE deed = 'access.refuse' AND user_id = ${id} AND object = 'route/GET /api/v1/queue'`).flat();
    for (let i = 0; i < 12; i++) await auditor.get('queue', 403);
    assert.deepEqual(count(), [1, 2, 3, 4, 5, 10].map((n) => `code=FORBIDDEN count=${n}`));
  });
  test('by strangers who are not signed in is not', async () => {
    const before = sql("SELECT COUNT(*) FROM audit WHERE deed = 'access.refuse'")[0][0];
    await new Client(REVIEW).get('queue', 401);
    assert.equal(sql("SELECT COUNT(*) FROM audit WHERE deed = 'access.refuse'")[0][0], before);
  });
});

describe('安全记录', () => {
  let who;
  before(async () => {
    who = await readyOperator('hospital', SAMPLES);
  });
  const texts = async (client) => (await client.get('security-records')).items.map((row) => row.text);

  test('of a unit: its logins, what failed, its operators', async () => {
    const stranger = new Client();
    await stranger.session();
    await fail(stranger, 'session/unit', { account: who.unit.account });
    const { items } = await who.unitClient.get('security-records');
    for (const text of ['单位登录', '登录失败', '修改经办人权限']) assert.ok(items.some((row) => row.text === text), text);
    const failed = items.find((row) => row.deed === 'session.fail');
    assert.deepEqual([failed.own, failed.count, Boolean(failed.address)], [false, 1, true]);
    assert.equal(items.find((row) => row.deed === 'session.unit').own, true);
  });
  test('of an operator: being bound and reset by a unit, without its address', async () => {
    const { items } = await who.client.get('security-records');
    const granted = items.find((row) => row.deed === 'operator.grants');
    assert.deepEqual([granted.own, granted.address], [false, null]);
    assert.ok(items.some((row) => row.deed === 'session.operator'));
  });
  test('of an officer: full numbers he looked at, with the application', async () => {
    const number = await submitted(who, 'hospital', 'mixed');
    const account = hire(OFFICERS.local);
    const him = await officer(account);
    await him.post(`applications/${number}/reveal`, { field: 'legal_phone' });
    const { items } = await him.get('security-records');
    assert.equal(items.find((row) => row.deed === 'application.reveal').application, number);
    assert.ok(items.some((row) => row.deed === 'staff.put'));
    assert.deepEqual((await texts(await officer(hire(OFFICERS.local)))).filter((text) => text === '查看完整号码'), []);
  });
  test('is nobody else’s, and goes on page by page', async () => {
    const [[id]] = sql(`SELECT id FROM unit WHERE account = '${who.unit.account}'`);
    const seen = [];
    for (let cursor = ''; cursor !== null; ) {
      const page = await who.unitClient.get(`security-records?cursor=${cursor}`);
      seen.push(...page.items);
      cursor = page.next;
    }
    const other = new Client();
    const { unit } = await register('hospital', uscc());
    await other.loginUnit(unit.account, unit.password);
    assert.ok((await other.get('security-records')).items.length < seen.length);
    await other.get('security-records?cursor=%27%20OR%201%3D1');
    assert.ok(id && seen.every((row, i) => i === 0 || seen[i - 1].at >= row.at));
    await new Client(BASE).get('security-records', 401);
  });
});
