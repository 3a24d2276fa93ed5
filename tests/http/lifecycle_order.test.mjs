// Keys' lives out of order: deeds at the same moment, twice, and while jobs are at work.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { acceptanceForm, detail, ready, SAMPLES, sheet, submitted } from './cases.mjs';
import { Client, sql, until } from './client.mjs';
import { reportKey } from './channel_key.mjs';
import { OFFICERS, everyDesk, officer, passChain, readyOperator } from './people.mjs';
import { sealOf } from './seal.mjs';

const anyone = new Client();
const officers = {};
let who;
let second; // another officer's session of the nation

before(async () => {
  Object.assign(officers, await everyDesk());
  second = await officer(OFFICERS.nation);
  who = await readyOperator('hospital', SAMPLES);
});

let last; // an institution has one at a time

async function begun() {
  if (last) {
    const { version, state } = await detail(who, last);
    if (state !== 'DISCARDED') await who.client.send('POST', `applications/${last}/discard`, { version, reason: '不再接入' });
  }
  last = await submitted(who, 'hospital', 'mixed');
  await passChain(officers, last);
  return last;
}

async function passed() {
  const number = await begun();
  await ready(who, number, 'test');
  return number;
}

const list = (number, environment) => officers.nation.get(`applications/${number}/credentials`).then(({ items }) => items.filter((i) => i.environment === environment));
const say = (by, number, environment, deed, body) => by.send('POST', `applications/${number}/credentials/${environment}/${deed}`, { reason: '演练', ...body }).then((answer) => answer.status);
const standing = async (number) => (await anyone.get(`verify/${number}`)).status_text;
const load = async (number, environment) => Buffer.from(await (await who.client.send('GET', sheet(await detail(who, number), environment, 'payment').url)).arrayBuffer());
const byFile = async (bytes) => (await anyone.call('POST', 'verify', bytes, 200, { 'content-type': 'application/pdf' })).status_text;
const quiet = (number) => until(async () => Number(sql(`SELECT COUNT(*) FROM job j JOIN credential c ON c.id = j.subject JOIN application a ON a.id = c.application_id WHERE a.number = '${number}' AND j.kind = 'reissue' AND j.state = 1`)[0][0]) === 0);

test('作废 twice and by two at once: one does it, the sheet says so by number and by file', async () => {
  const number = await passed();
  const pdf = await load(number, 'test');
  const said = await Promise.all(Array.from({ length: 6 }, (_, i) => say(i % 2 ? second : officers.nation, number, 'test', 'revocation', { serial: 1 })));
  assert.deepEqual(said.sort(), [200, 409, 409, 409, 409, 409]);
  assert.equal(await byFile(pdf), '已作废');
  assert.equal(await standing(sealOf(pdf).number), '已作废');
  assert.equal(Number(sql(`SELECT COUNT(*) FROM message WHERE application = '${number}' AND title = '密钥已作废'`)[0][0]), 1);
});

test('换发 by many at once, and 作废 into it: one of them, one new serial', async () => {
  const number = await passed();
  const before = await load(number, 'test');
  const said = await Promise.all([
    ...Array.from({ length: 4 }, (_, i) => say(i % 2 ? second : officers.nation, number, 'test', 'reissue', { serial: 1, overlap_days: 7 })),
    say(second, number, 'test', 'revocation', { serial: 1 }),
  ]);
  assert.ok(said.filter((s) => s === 200).length <= 2 && said.every((s) => [200, 409].includes(s)), `${said}`);
  await quiet(number);
  const items = await list(number, 'test');
  assert.deepEqual(items.map((i) => i.serial), [2, 1]);
  const after = await load(number, 'test');
  assert.notEqual(sealOf(after).number, sealOf(before).number);
  assert.equal(await byFile(after), '有效');
  assert.equal(await byFile(before), items[1].state === 'replaced' ? '已换发' : '已作废');
});

test('弃用 while the keys are being made anew: nothing stays in force', async () => {
  for (let round = 0; round < (process.env.LONG ? 12 : 2); round++) {
    const number = await passed();
    const { version } = await detail(who, number);
    const discard = () => who.client.send('POST', `applications/${number}/discard`, { version, reason: '不再接入' }).then((a) => a.status);
    const both = round % 2 ? [discard(), say(officers.nation, number, 'test', 'reissue', { serial: 1 })] : [say(officers.nation, number, 'test', 'reissue', { serial: 1 }), discard()];
    const said = await Promise.all(both);
    assert.ok(said.includes(200), `${said}`);
    await quiet(number);
    if (said[round % 2 ? 0 : 1] !== 200) continue;
    assert.equal(Number(sql(`SELECT COUNT(*) FROM credential c JOIN application a ON a.id = c.application_id WHERE a.number = '${number}' AND c.disabled_at IS NULL`)[0][0]), 0);
    for (const item of await list(number, 'test')) for (const s of item.sheets) assert.equal(await standing(s.number), '已作废');
  }
});

test('弃用 at the moment the first keys are issued: nothing stays in force', async () => {
  const number = await begun();
  const { version } = await detail(who, number);
  await who.client.post(`applications/${number}/discard`, { version, reason: '不再接入' });
  await until(() => Number(sql(`SELECT COUNT(*) FROM job j JOIN application a ON a.id = j.subject WHERE a.number = '${number}' AND j.kind = 'issue_test' AND j.state = 1`)[0][0]) === 0);
  assert.equal(Number(sql(`SELECT COUNT(*) FROM credential c JOIN application a ON a.id = c.application_id WHERE a.number = '${number}' AND c.disabled_at IS NULL`)[0][0]), 0);
});

test('each environment for itself: 作废 of the formal keys leaves those for tests, and the other way round', async () => {
  const number = await passed();
  const { version } = await who.client.put(`applications/${number}/acceptance`, { ...(await acceptanceForm(who, 'hospital', 'mixed')), version: (await detail(who, number)).version });
  await who.client.post(`applications/${number}/acceptance/submission`, { version });
  await passChain(officers, number);
  await ready(who, number, 'formal');
  await reportKey(who.client, number);
  const [test, formal] = [await load(number, 'test'), await load(number, 'formal')];
  assert.equal(await say(officers.nation, number, 'formal', 'revocation', { serial: 1 }), 200);
  assert.deepEqual([await byFile(test), await byFile(formal)], ['有效', '已作废']);
  assert.equal(await say(officers.nation, number, 'formal', 'reissue', { serial: 1 }), 200);
  assert.equal(await say(officers.nation, number, 'test', 'revocation', { serial: 1 }), 200);
  await quiet(number);
  assert.deepEqual([await byFile(test), await byFile(formal)], ['已作废', '已作废']);
  assert.deepEqual((await list(number, 'formal')).map((i) => i.state_text), ['有效', '已停用']);
  assert.deepEqual((await list(number, 'test')).map((i) => i.state_text), ['已停用']);
});

test('并行期 cut short: the older keys end alone, once, by the nation', async () => {
  const number = await passed();
  const older = await load(number, 'test');
  assert.equal(await say(officers.nation, number, 'test', 'reissue', { serial: 1, overlap_days: 30 }), 200);
  await quiet(number);
  const newer = await load(number, 'test');
  assert.deepEqual([await byFile(older), await byFile(newer)], ['已换发', '有效']);
  assert.equal(await say(officers.province, number, 'test', 'revocation', { serial: 1 }), 403);
  assert.equal(await say(officers.nation, number, 'test', 'reissue', { serial: 1 }), 409);
  const said = await Promise.all([officers.nation, second, officers.nation].map((by) => say(by, number, 'test', 'revocation', { serial: 1 })));
  assert.deepEqual(said.sort(), [200, 409, 409]);
  assert.deepEqual([await byFile(older), await byFile(newer)], ['已作废', '有效']);
  assert.deepEqual((await list(number, 'test')).map((i) => [i.state_text, i.reason]), [['有效', null], ['已停用', '演练']]);
  await until(async () => (await who.client.get('messages')).items.some((m) => m.title === '旧密钥已停用' && m.application === number));
  // what was to tell of their end has nothing left to say
  sql(`UPDATE job j JOIN credential c ON c.id = j.subject JOIN application a ON a.id = c.application_id SET j.run_at = 0 WHERE a.number = '${number}' AND j.kind LIKE 'keys%'`);
  await until(() => Number(sql(`SELECT COUNT(*) FROM job j JOIN credential c ON c.id = j.subject JOIN application a ON a.id = c.application_id WHERE a.number = '${number}' AND j.kind LIKE 'keys%' AND j.state = 1`)[0][0]) === 0);
  assert.equal((await who.client.get('messages')).items.filter((m) => m.application === number && /旧密钥/.test(m.title)).length, 1);
  assert.equal(await say(officers.nation, number, 'test', 'revocation', { serial: 2 }), 200);
});
