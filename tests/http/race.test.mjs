// Several people at one thing at the same moment: exactly one wins, the others are told, and what is kept agrees.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { detail, SAMPLES, submitted } from './cases.mjs';
import { sql } from './client.mjs';
import { officer, OFFICERS, readyOperator } from './people.mjs';

const REFUSED = 409;
let who;
let officers;

before(async () => {
  who = await readyOperator('hospital', SAMPLES);
  officers = [await officer(OFFICERS.local), await officer('gz02')];
});

const post = (client, number, what, body) => client.send('POST', `applications/${number}/${what}`, body);

/** The statuses of answers, that one of them is 200 and all others 409; the body of the one. */
async function oneWins(answers) {
  const won = answers.filter((answer) => answer.status === 200);
  assert.equal(won.length, 1, answers.map((answer) => answer.status).join());
  assert.ok(answers.every((answer) => [200, REFUSED].includes(answer.status)), answers.map((answer) => answer.status).join());
  return won[0].json();
}

const rows = (number, table, what) =>
  sql(`SELECT ${what} FROM ${table} WHERE application_id = (SELECT id FROM application WHERE number = '${number}')`);

test('of 100 decisions at once on one application one counts', async () => {
  const number = await submitted(who, 'hospital', 'mixed');
  const { version } = await detail(who, number);
  const told = Number(sql(`SELECT COUNT(*) FROM message WHERE application = '${number}' AND role = 2`)[0][0]);
  const answers = await Promise.all(
    Array.from({ length: 100 }, (_, i) =>
      post(officers[i % 2], number, 'decision', i % 4 < 2 ? { version, event: 'pass' } : { version, event: 'reject', remark: `第 ${i} 条意见` }),
    ),
  );
  const won = await oneWins(answers);
  const now = await detail(who, number);
  assert.equal(now.version, version + 1);
  assert.equal(now.state, won.state);
  assert.equal(rows(number, 'application_event', 'id').length, 2, 'the submission and one decision');
  assert.equal(sql(`SELECT id FROM audit WHERE object = 'application/${number}' AND deed = 'application.decide'`).length, 1);
  assert.equal(sql(`SELECT id FROM message WHERE application = '${number}' AND role = 2`).length, told + 1);
  assert.equal(now.records.filter((record) => record.event === 'pass' || record.event === 'reject').length, 1);
  await who.client.post(`applications/${number}/discard`, { version: now.version, reason: '测试结束' });
});

test('of a decision and a 弃用 at once one counts', async () => {
  for (let i = 0; i < 6; i++) {
    const number = await submitted(who, 'hospital', 'mixed');
    const { version } = await detail(who, number);
    const requests = [
      () => post(officers[0], number, 'decision', { version, event: 'pass' }),
      () => post(who.client, number, 'discard', { version, reason: '不再申请' }),
    ];
    const answers = await Promise.all((i % 2 ? requests : requests.reverse()).map((request) => request()));
    const won = await oneWins(answers);
    const now = await detail(who, number);
    assert.equal(now.state, won.state);
    assert.equal(now.version, version + 1);
    assert.deepEqual(rows(number, 'application_event', 'event').length, 2);
    if (now.status !== 'discarded') await who.client.post(`applications/${number}/discard`, { version: now.version, reason: '测试结束' });
  }
});
