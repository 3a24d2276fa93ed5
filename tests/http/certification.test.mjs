// 资质认证 beyond the catalogue: 人工认证 by the bureau, an agreement that ends, a row that changes.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { before, describe, test } from 'node:test';
import { SAMPLES } from './cases.mjs';
import { Client, sql, VAR } from './client.mjs';
import { institutions, OFFICERS, officer, readyOperator, register, uscc } from './people.mjs';

/** `portal jobs --once`: what is due, and the janitor. */
const janitor = () =>
  execFileSync(`${process.env.JIERU_BUILD || 'build'}/portal`, ['jobs', '--once'], { env: { ...process.env, PORTAL_ENV_FILE: `${VAR}/portal.env` } });

describe('人工认证', () => {
  let unit;
  let client;
  let local;
  let licence;

  before(async () => {
    local = await officer(OFFICERS.local);
    ({ unit } = await register('hospital', uscc()));
    client = new Client();
    await client.loginUnit(unit.account, unit.password);
    licence = await client.upload('business_licence', `${SAMPLES}/营业执照.jpg`);
  });

  const waiting = async () => (await local.get('certifications')).items.find((row) => row.uscc === unit.uscc);

  test('a unit the catalogue lacks is refused with the reason, and asks for people', async () => {
    const answer = await client.post('unit/certification', { business_licence: licence });
    assert.equal(answer.certification, 'failed');
    assert.match(answer.reason, /目录中没有/);
    assert.equal((await local.send('GET', `uploads/${licence}/content`)).status, 404);
    assert.equal((await client.post('unit/certification/manual')).certification, 'manual');
    await client.post('unit/certification/manual', {}, 409);
  });

  test('the bureau of its region sees it and its 营业执照, masked; others do not', async () => {
    const row = await waiting();
    assert.equal(row.certification, 'manual');
    const seen = await local.get(`certifications/${row.id}`);
    assert.equal(seen.unit.name, unit.name);
    assert.ok(!JSON.stringify(seen).includes(unit.legal_id_no));
    assert.equal(seen.licence.id, licence);
    assert.equal((await local.send('GET', `uploads/${licence}/content`)).status, 200);
    for (const account of ['cd01', OFFICERS.province]) {
      const other = await officer(account);
      await other.get(`certifications/${row.id}`, 404);
      assert.equal((await other.send('GET', `uploads/${licence}/content`)).status, 404);
      assert.ok(!(await other.get('certifications')).items.some((r) => r.id === row.id));
    }
  });

  test('不予认证 needs a reason, which the unit reads', async () => {
    const { id } = await waiting();
    const { version } = await local.get(`certifications/${id}`);
    const wrong = await local.post(`certifications/${id}/decision`, { event: 'reject', version }, 422);
    assert.equal(wrong.errors[0].field, 'remark');
    await local.post(`certifications/${id}/decision`, { event: 'reject', remark: '执照与目录不符', version });
    const page = await client.get('unit');
    assert.equal(page.certification, 'failed');
    assert.match(page.certification_reason, /广州市医疗保障局不予认证：执照与目录不符/);
    assert.ok((await client.get('messages')).items.some((m) => m.title === '人工认证未通过'));
    await local.post(`certifications/${id}/decision`, { event: 'reject', remark: '再次', version }, 409);
    assert.ok((await local.get('certifications?view=done')).items.some((row) => row.id === id));
  });

  test('two officers answer at once: one answer counts', async () => {
    await client.post('unit/certification/manual');
    const { id } = await waiting();
    const { version } = await local.get(`certifications/${id}`);
    const second = await officer('gz02');
    const body = { event: 'pass', until: '2099-12-31', version };
    const answers = await Promise.all([local, second].map((each) => each.send('POST', `certifications/${id}/decision`, body)));
    assert.deepEqual(answers.map((a) => a.status).sort(), [200, 409]);
    const page = await client.get('unit');
    assert.equal(page.certification, 'passed');
    assert.ok(page.certified_until > 4e9);
  });

  test('what the bureau confirmed ends with its day', async () => {
    sql(`UPDATE unit SET certified_until = 1700000000 WHERE account = '${unit.account}'`);
    assert.equal((await client.get('unit')).certification, 'expired');
    assert.equal((await client.session()).unit.certification, 'expired');
  });
});

describe('a certified unit', () => {
  let who;
  before(async () => {
    who = await readyOperator('hospital', SAMPLES);
  });

  test('whose agreement ended cannot go on from the next request on, and can when it is renewed', async () => {
    await who.client.get('applications');
    sql(`UPDATE institution SET agreement_end = 1700000000 WHERE uscc = '${who.institution.uscc}'`);
    const refused = await who.client.get('applications', 403);
    assert.equal(refused.code, 'NOT_CERTIFIED');
    assert.match(refused.detail, /已失效/);
    sql(`UPDATE institution SET agreement_end = 1893427200 WHERE uscc = '${who.institution.uscc}'`);
    await who.client.get('applications');
  });

  test('whose row left the catalogue is told, and certifies again', async () => {
    sql(`UPDATE institution SET active = 0 WHERE uscc = '${who.institution.uscc}'`);
    assert.equal((await who.unitClient.get('unit')).tasks[0].state, 'todo');
    janitor();
    const page = await who.unitClient.get('unit');
    assert.equal(page.certification, 'expired');
    assert.match(page.certification_reason, /重新认证/);
    for (const client of [who.client, who.unitClient])
      assert.ok((await client.get('messages')).items.some((m) => m.title === '认证已失效'));
    institutions('hospital', ['440103'], who.institution.uscc);
    assert.equal((await who.unitClient.get('unit')).certification, 'expired');
    const licence = await who.unitClient.upload('business_licence', `${SAMPLES}/营业执照.jpg`);
    assert.equal((await who.unitClient.post('unit/certification', { business_licence: licence })).certification, 'passed');
  });
});
