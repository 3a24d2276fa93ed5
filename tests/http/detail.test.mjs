// What the detail says beside the answers: who has it now, and what changed from 提交 to 提交.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { detail, SAMPLES, submitted } from './cases.mjs';
import { sql } from './client.mjs';
import { decide, OFFICERS, officer, readyOperator } from './people.mjs';

describe('详情', () => {
  let who;
  let number;
  let local;

  before(async () => {
    local = await officer(OFFICERS.local);
    who = await readyOperator('hospital', SAMPLES);
    number = await submitted(who, 'hospital', 'mixed');
  });

  test('names the desk, since when, and what is usual there once five were decided', async () => {
    const put = (decisions) => sql(`REPLACE INTO desk_duration (phase, desk, decisions, median_days, ninetieth_days, computed_at)
      SELECT p.phase, 1, ${decisions}, 2, 5, UNIX_TIMESTAMP() FROM (SELECT 1 AS phase UNION SELECT 2) p`);
    put(4);
    let d = await detail(who, number);
    assert.deepEqual([d.waiting.desk, d.waiting.who, d.waiting.usual], ['local', '广州市医疗保障局', null]);
    assert.equal(d.waiting.since, d.submitted_at);
    put(5);
    d = await detail(who, number);
    assert.deepEqual(d.waiting.usual, { median_days: 2, ninetieth_days: 5 });
    assert.deepEqual(d.changes, []);
  });

  test('lists what a second 提交 changed, files by content, personal values masked', async () => {
    await decide(local, number, 'reject', '请更正联系电话和申请函');
    let d = await detail(who, number);
    assert.equal(d.waiting, null);
    const files = Object.fromEntries(Object.entries(d.files).map(([k, f]) => [k, f.id]));
    // the letter is another file, the agreement the same one sent again
    files.application_letter = await who.client.upload('application_letter', `${SAMPLES}/定点机构协议.pdf`, '申请函.pdf');
    files.agreement = await who.client.upload('agreement', `${SAMPLES}/定点机构协议.pdf`, '协议.pdf');
    const { version } = await who.client.put(`applications/${number}`, {
      ...d.answers,
      ...files,
      contact_phone: '13912345678',
      remark: null,
      version: d.version,
    });
    await who.client.post(`applications/${number}/submission`, { version });
    d = await detail(who, number);
    assert.equal(d.changes.length, 1);
    const [{ phase, round, items }] = d.changes;
    assert.deepEqual([phase, round], ['apply', 2]);
    const of = Object.fromEntries(items.map((item) => [item.field, item]));
    assert.deepEqual(Object.keys(of).sort(), ['application_letter', 'contact_phone', 'remark']);
    assert.deepEqual([of.remark.before, of.remark.after ?? null], ['改过一次', null]);
    assert.equal(of.contact_phone.after, '139****5678');
    assert.doesNotMatch(of.contact_phone.before, /81234567/);
    assert.deepEqual([of.application_letter.file, of.application_letter.before], [true, '申请函.pdf']);
  });
});
