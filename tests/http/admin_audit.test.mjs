// The trail as the 审计员 reads it: found by each way of asking, exported, checked; changed by nobody.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { before, describe, test } from 'node:test';
import { SAMPLES, submitted } from './cases.mjs';
import { setting, sql, until, VAR } from './client.mjs';
import { officer, OFFICERS, readyOperator } from './people.mjs';

let auditor;
let who;
let number;
let file;
before(async () => {
  auditor = await officer('sj01');
  who = await readyOperator('hospital', SAMPLES);
  number = await submitted(who, 'hospital', 'mixed');
  const reviewer = await officer(OFFICERS.local);
  file = (await reviewer.get(`applications/${number}`)).files.application_letter.id;
  await reviewer.post(`applications/${number}/reveal`, { field: 'legal_phone' });
  await reviewer.send('GET', `uploads/${file}/content?download=1`);
});
const found = async (query) => (await auditor.get(`audit?${new URLSearchParams(query)}`)).items;
const today = new Date(Date.now() + 8 * 3600 * 1000).toISOString().slice(0, 10);

describe('the trail', () => {
  test('is found by object, with full-number reveals and downloads in it', async () => {
    const deeds = (await found({ object: `application/${number}` })).map((row) => row.deed);
    assert.ok(deeds.includes('application.reveal') && deeds.includes('application.submit'));
    const [download] = await found({ object: `upload/${file}`, deed: 'upload.view' });
    assert.deepEqual([download.account, download.detail], [OFFICERS.local, 'download=1']);
  });
  test('is found by person: staff, unit, operator', async () => {
    const [reveal] = await found({ person: OFFICERS.local, deed: 'application.reveal', object: `application/${number}` });
    assert.equal(reveal.name, '黎海珊');
    const unit = await found({ kind: 'unit', person: who.unit.uscc });
    assert.ok(unit.length > 0 && unit.every((row) => row.account === who.unit.account));
    const mine = await found({ kind: 'operator', person: who.operator.phone });
    assert.ok(mine.some((row) => row.object === `application/${number}`));
    assert.ok(mine.every((row) => row.name.includes('*')), 'an operator is masked');
    assert.deepEqual(await found({ person: 'nobody-at-all' }), []);
  });
  test('is found by address and by time, each end included', async () => {
    assert.ok((await found({ address: '127.0.0.1' })).length > 0);
    assert.deepEqual(await found({ address: '192.0.2.77' }), []);
    assert.ok((await found({ from: today, until: today, object: `application/${number}` })).length > 0);
    assert.deepEqual(await found({ until: '2020-01-01' }), []);
    assert.equal((await auditor.get('audit?from=yesterday', 422)).errors[0].field, 'from');
  });
  test('goes on page by page without gap or repeat', async () => {
    const last = Number(sql('SELECT MAX(id) FROM audit')[0][0]);
    const ids = [];
    for (let cursor = ''; ids.length < 150 && cursor !== null; ) {
      const page = await auditor.get(`audit?until=${today}${cursor && `&cursor=${cursor}`}`);
      ids.push(...page.items.map((row) => row.id));
      cursor = page.next;
    }
    const upto = ids.filter((id) => id <= last);
    /* by time; of requests that end together the later id may be the earlier second's */
    const kept = sql(`SELECT id FROM audit WHERE id <= ${last} ORDER BY created_at DESC, id DESC LIMIT ${upto.length}`);
    assert.deepEqual(upto, kept.flat().map(Number));
  });
  test('says in words what was done, whatever it was', () => {
    const { deeds } = JSON.parse(execFileSync(`${process.env.JIERU_BUILD || 'build'}/portal`, ['export', 'rules'], { encoding: 'utf8', maxBuffer: 1 << 24 }));
    const known = deeds.map((each) => each.code);
    assert.deepEqual(sql('SELECT DISTINCT deed FROM audit').flat().filter((deed) => !known.includes(deed)), []);
  });
  test('remembers who looked', async () => {
    await found({ object: `application/${number}` });
    const [looked] = await found({ person: 'sj01', deed: 'audit.search' });
    assert.match(looked.detail, new RegExp(`object=application/${number}`));
  });
  test('uses an index for each way of asking', () => {
    for (const [where, index] of [["object = 'x'", 'by_object'], ['user_id = 1', 'by_person'], ["address = 'x'", 'by_address'], ["deed = 'x'", 'by_deed'], ['TRUE', 'by_time']]) {
      const [plan] = sql(`EXPLAIN SELECT id FROM audit FORCE INDEX (${index}) WHERE ${where} ORDER BY created_at DESC, id DESC LIMIT 50`);
      assert.equal(plan[5], index);
      assert.doesNotMatch(plan.at(-1), /filesort/);
    }
  });
  test('is exported as a table whose cells are text', async () => {
    const answer = await auditor.send('GET', `audit/export?object=application/${number}`);
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get('content-disposition'), /attachment/);
    writeFileSync(`${VAR}/cache/audit.xlsx`, Buffer.from(await answer.arrayBuffer()));
    const sheet = execFileSync('unzip', ['-p', `${VAR}/cache/audit.xlsx`, 'xl/worksheets/sheet1.xml'], { encoding: 'utf8' });
    assert.match(sheet, new RegExp(number));
    assert.doesNotMatch(sheet, /<f>/);
    assert.equal((await found({ person: 'sj01', deed: 'audit.export' })).length > 0, true);
  });
  test('is changed by nobody: not by the workers, not by the 系统管理员', async () => {
    for (const table of ['audit', 'audit_check'])
      for (const statement of [`UPDATE ${table} SET id = id`, `DELETE FROM ${table}`, `TRUNCATE ${table}`])
        assert.throws(() => sql(statement), /denied/, statement);
    const admin = await officer('xt01');
    for (const path of ['audit', 'audit/export', 'audit/checks']) await admin.get(path, 403);
    await admin.post('audit/checks', undefined, 403);
    await (await officer('aq01')).get('audit', 403);
    await auditor.get(`applications/${number}`, 403);
    await auditor.get('staff', 403);
  });
  test('is checked by a job, and what it found is shown', async () => {
    const before = (await auditor.get('audit/checks')).items[0]?.id ?? 0;
    const asked = Number(sql("SELECT COUNT(*) FROM job WHERE kind = 'audit_verify' AND state = 1")[0][0]);
    await auditor.post('audit/checks', undefined, 202);
    const check = await until(async () => {
      const { running, items } = await auditor.get('audit/checks');
      return !running && items[0]?.id > before && items[0];
    }, 60);
    assert.equal(check.sound, true);
    assert.ok(check.rows > 0 && asked >= 0);
  });
});

describe('background work that failed', () => {
  const far = Math.floor(Date.now() / 1000) + 86400;
  let admin;
  let id;
  before(async () => {
    admin = await officer('xt01');
    sql(`INSERT INTO job (kind, subject, attempts, run_at, note, created_at) VALUES ('no_such_kind', 7, 2, ${far}, 'UNAVAILABLE', ${far})`);
    id = Number(sql("SELECT MAX(id) FROM job WHERE kind = 'no_such_kind'")[0][0]);
  });
  const row = async () => (await admin.get('failures/jobs')).items.find((item) => item.id === id);
  test('is listed with its reason, given up on request and tried again', async () => {
    assert.deepEqual([(await row()).note, (await row()).given_up], ['UNAVAILABLE', false]);
    await admin.post(`failures/jobs/${id}/end`, undefined, 204);
    await until(async () => (await row()).given_up);
    await admin.post(`failures/jobs/${id}/retry`, undefined, 204);
    assert.equal(sql(`SELECT COUNT(*) FROM audit WHERE object = 'job/${id}'`)[0][0], '2');
    await admin.post('failures/jobs/999999999/retry', undefined, 404);
    sql(`DELETE FROM job WHERE id = ${id}`);
  });
  test('is called as people call it, whatever it is', async () => {
    const named = async (kind) => {
      sql(`INSERT INTO job (kind, subject, attempts, run_at, note, created_at) VALUES ('${kind}', 7, 2, ${far}, 'UNAVAILABLE', ${far})`);
      const last = (await admin.get('failures/jobs')).items[0];
      sql(`DELETE FROM job WHERE id = ${last.id}`);
      return last.text;
    };
    assert.equal(await named('keys_expired'), '停用到期的密钥');
    assert.equal(await named('no_such_kind'), 'no_such_kind');
  });
  test('a notice given up is sent again, a code never', async () => {
    const phone = `138${String(Date.now()).slice(-8)}`;
    sql(`INSERT INTO sms_message (template, phone_sealed, text_sealed, arguments_sealed, state, note, created_at, reference)
         SELECT 'PASSED_ON', phone_sealed, NULL, NULL, 3, 'the gateway refused', 0, NULL FROM sms_message LIMIT 1`);
    const gone = Number(sql('SELECT MAX(id) FROM sms_message')[0][0]);
    const item = (await admin.get('failures/sms')).items.find((each) => each.id === gone);
    assert.deepEqual([item.state, item.retriable, item.note], ['given_up', false, 'the gateway refused']);
    assert.ok(phone && /\*/.test(item.phone), 'masked');
    await admin.post(`failures/sms/${gone}/retry`, undefined, 404);
    sql(`UPDATE sms_message SET text_sealed = 'x' WHERE id = ${gone}`);
    await admin.post(`failures/sms/${gone}/retry`, undefined, 204);
    assert.equal(sql(`SELECT COUNT(*) FROM job WHERE kind = 'send_sms' AND subject = ${gone}`)[0][0], '1');
    sql(`UPDATE job SET state = 2 WHERE kind = 'send_sms' AND subject = ${gone}`);
  });
});
