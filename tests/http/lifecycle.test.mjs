// Keys are revoked and issued anew by the national bureau, run out, and end with 弃用.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { before, test } from 'node:test';
import { envelope, keysOf, LIBRARIES, open } from './channel.mjs';
import { makePair, sign } from './channel_key.mjs';
import { acceptanceForm, detail, ready, SAMPLES, sheet, submitted } from './cases.mjs';
import { Client, messages, sql, until } from './client.mjs';
import { everyDesk, passChain, readyOperator } from './people.mjs';
import { sealOf } from './seal.mjs';

const lib = LIBRARIES['sm-crypto'];
const anyone = new Client();
const officers = {};
let who;
let number;

const numberOf = async (url) => sealOf(Buffer.from(await (await who.client.send('GET', url)).arrayBuffer())).number;
const standing = async (sheetNumber) => (await anyone.get(`verify/${sheetNumber}`)).status_text;
const sandbox = async (keys) => anyone.call('POST', 'sandbox/order-create', JSON.stringify(envelope(lib, keys, { medOrgOrd: randomBytes(8).toString('hex'), orgCodg: 'H44010300001', feeSumamt: '1.00' })));
const selftest = (keys) => who.client.post(`applications/${number}/selftest`, { envelope: JSON.stringify(envelope(lib, keys, { feeSumamt: '1.00' })) });
const list = (environment) => officers.nation.get(`applications/${number}/credentials`).then(({ items }) => items.filter((i) => i.environment === environment));
const act = (environment, deed, body, status = 200) => officers.nation.post(`applications/${number}/credentials/${environment}/${deed}`, body, status);
const told = (title) => until(() => who.client.get('messages').then(({ items }) => items.find((m) => m.title === title && m.application === number)));
/** The newest keys once a job has made them. */
const reissued = (environment, serial) => until(async () => (await list(environment))[0].serial === serial && keysOf(who.client, sheet(await detail(who, number), environment, 'payment').url));

before(async () => {
  Object.assign(officers, await everyDesk());
  who = await readyOperator('hospital', SAMPLES);
  number = await submitted(who, 'hospital', 'auth');
  await passChain(officers, number);
  await ready(who, number, 'test');
});

test('officers of the chain see what was issued, and no key', async () => {
  const seen = await officers.province.get(`applications/${number}/credentials`);
  assert.equal(seen.may, false);
  const [item] = seen.items;
  assert.deepEqual([item.environment, item.serial, item.state_text, item.pending, item.sheets.length], ['test', 1, '有效', false, 2]);
  assert.doesNotMatch(JSON.stringify(seen), /[A-Za-z0-9+/]{43}=|secret|private|public/);
  assert.equal((await officers.nation.get(`applications/${number}/credentials`)).may, true);
});

test('作废 takes effect at once, everywhere, and only the nation may', async () => {
  const { url } = sheet(await detail(who, number), 'test', 'payment');
  const keys = await keysOf(who.client, url);
  const sheetNumber = await numberOf(url);
  assert.equal((await sandbox(keys)).success, true);
  assert.equal((await selftest(keys)).ok, true);
  await officers.province.post(`applications/${number}/credentials/test/revocation`, { serial: 1, reason: '密钥泄露' }, 403);
  await act('test', 'revocation', { serial: 1 }, 422);
  await act('test', 'revocation', { serial: 2, reason: '密钥泄露' }, 409);
  await act('formal', 'revocation', { serial: 1, reason: '密钥泄露' }, 409);
  await act('other', 'revocation', { serial: 1, reason: '密钥泄露' }, 404);
  const after = await act('test', 'revocation', { serial: 1, reason: '密钥泄露' });
  assert.deepEqual([after.items[0].state_text, after.items[0].reason], ['已停用', '密钥泄露']);
  await act('test', 'revocation', { serial: 1, reason: '再次' }, 409);
  assert.equal((await sandbox(keys)).code, 'APP_ID');
  await who.client.post(`applications/${number}/selftest`, { envelope: JSON.stringify(envelope(lib, keys, { feeSumamt: 1 })) }, 409);
  assert.equal((await who.client.send('GET', url)).status, 409);
  assert.match(sheet(await detail(who, number), 'test', 'payment').blocked, /作废/);
  assert.equal(await standing(sheetNumber), '已作废');
  await told('密钥已作废');
  await until(() => messages(who.operator.phone).some((t) => t.includes('密钥已由国家医疗保障局作废')));
});

test('换发: other keys and a new number under the same 应用ID; the old sheet stays 已作废', async () => {
  const [{ sheets: before }] = await list('test');
  await act('test', 'reissue', { serial: 1, reason: '密钥泄露后换发' });
  const keys = await reissued('test', 2);
  const [{ app_id, sheets }] = await list('test');
  assert.equal(keys.appId, app_id);
  assert.ok(sheets.every((s) => before.every((b) => b.number !== s.number)));
  for (const s of sheets) assert.equal(await standing(s.number), '有效');
  for (const b of before) assert.equal(await standing(b.number), '已作废');
  assert.equal((await sandbox(keys)).success, true);
  assert.equal((await selftest(keys)).ok, true);
  await told('密钥已换发');
  await act('test', 'reissue', { serial: 1, reason: '重复' }, 409);
});

test('并行期: both are good, the older ones until a day begins, with notice; then they are not', async () => {
  const older = await keysOf(who.client, sheet(await detail(who, number), 'test', 'payment').url);
  const [{ sheets: [{ number: olderSheet }] }] = await list('test');
  await act('test', 'reissue', { serial: 2, overlap_days: 91, reason: '定期更换' }, 422);
  await act('test', 'reissue', { serial: 2, overlap_days: 30, reason: '定期更换' });
  const newer = await reissued('test', 3);
  assert.equal(newer.appId, older.appId);
  assert.notEqual(newer.appSecret, older.appSecret);
  const items = await list('test');
  assert.deepEqual(items.map((i) => i.state_text), ['有效', '并行期', '已停用']);
  assert.equal((items[1].valid_until + 8 * 3600) % 86400, 0);
  assert.ok(Math.abs(items[1].valid_until - Date.now() / 1000 - 30.5 * 86400) <= 86400 / 2 + 60);
  for (const keys of [older, newer]) {
    assert.equal((await sandbox(keys)).success, true);
    assert.equal((await selftest(keys)).ok, true);
  }
  // each is answered with the pair of its own sheet, and both see the same orders
  const medOrgOrd = randomBytes(8).toString('hex');
  const asked = (service, keys, data) => anyone.call('POST', `sandbox/${service}`, JSON.stringify(envelope(lib, keys, data)));
  const made = open(lib, older, await asked('order-create', older, { medOrgOrd, orgCodg: 'H44010300001', feeSumamt: '2.00' }), older.platformPublicKey);
  const found = await asked('order-query', newer, { medOrgOrd });
  assert.deepEqual(open(lib, newer, found, newer.platformPublicKey), made);
  assert.throws(() => assert.ok(open(lib, newer, found, older.platformPublicKey)), 'signed with the older pair');
  assert.match(made.payOrdId, /^ORD/);
  const mixed = await asked('order-query', { ...newer, appSecret: older.appSecret }, { medOrgOrd });
  assert.equal(mixed.success, false);
  const seen = await anyone.get(`verify/${olderSheet}`);
  assert.deepEqual([seen.status, seen.status_text, seen.valid_until], ['replaced', '已换发', items[1].valid_until]);
  // the jobs of that day come today
  const id = sql(`SELECT c.id FROM credential c JOIN application a ON a.id = c.application_id WHERE a.number = '${number}' AND c.environment = 1 AND c.serial = 2`)[0][0];
  assert.deepEqual(sql(`SELECT kind, run_at FROM job WHERE subject = ${id} AND kind LIKE 'keys%' ORDER BY kind`), [['keys_expired', `${items[1].valid_until}`], ['keys_expiring', `${items[1].valid_until - 7 * 86400}`]]);
  sql(`UPDATE job SET run_at = 0 WHERE kind = 'keys_expiring' AND subject = ${id}`);
  await told('旧密钥即将停用');
  sql(`UPDATE credential SET valid_until = UNIX_TIMESTAMP() - 1 WHERE id = ${id}`);
  // whether or not the job has come by
  assert.equal((await sandbox(older)).success, false);
  assert.equal((await selftest(older)).ok, false);
  assert.equal(await standing(olderSheet), '已作废');
  sql(`UPDATE job SET run_at = 0 WHERE kind = 'keys_expired' AND subject = ${id}`);
  await told('旧密钥已停用');
  assert.equal((await list('test'))[1].state_text, '已停用');
  assert.equal((await sandbox(newer)).success, true);
});

test('formal: a planned change keeps 渠道公钥; after 作废 another one is reported first', async () => {
  const d = await detail(who, number);
  const { version } = await who.client.put(`applications/${number}/acceptance`, { ...(await acceptanceForm(who, 'hospital', 'auth')), version: d.version });
  await who.client.post(`applications/${number}/acceptance/submission`, { version });
  await passChain(officers, number);
  await ready(who, number, 'formal');
  const report = async (pair, status = 200) => {
    const { challenge, history } = await who.client.get(`applications/${number}/channel-key`);
    const answer = await who.client.post(`applications/${number}/channel-key`, { public_key: pair.publicKey, signature: sign(pair, challenge) }, status);
    return { answer, history };
  };
  const pair = makePair();
  await report(pair);
  const payment = async () => sheet(await detail(who, number), 'formal', 'payment');
  assert.equal((await payment()).blocked, null);
  await act('formal', 'reissue', { serial: 1, overlap_days: 7, reason: '定期更换' });
  await until(async () => (await list('formal'))[0].serial === 2);
  assert.equal((await payment()).blocked, null);
  await act('formal', 'revocation', { serial: 2, reason: '渠道私钥泄露' });
  assert.deepEqual((await list('formal')).map((i) => i.state_text), ['已停用', '已停用'], 'those that ran on end too');
  await act('formal', 'reissue', { serial: 2, overlap_days: 7, reason: '渠道私钥泄露' });
  await until(async () => (await list('formal'))[0].serial === 3);
  assert.match((await payment()).blocked, /请先上报渠道公钥/);
  const { answer } = await report(pair, 422);
  assert.match(answer.errors[0].text, /已作废/);
  const other = makePair();
  const { history } = await report(other);
  assert.deepEqual(history.map((k) => k.public_key), [pair.publicKey]);
  assert.equal((await payment()).blocked, null);
  assert.deepEqual((await who.client.get(`applications/${number}/channel-key`)).history.map((k) => k.public_key), [other.publicKey, pair.publicKey]);
});

test('弃用 ends everything that was issued', async () => {
  const keys = await keysOf(who.client, sheet(await detail(who, number), 'test', 'payment').url);
  const sheets = (await officers.nation.get(`applications/${number}/credentials`)).items.flatMap((i) => i.sheets);
  const d = await detail(who, number);
  await who.client.post(`applications/${number}/discard`, { version: d.version, reason: '不再接入' });
  assert.equal((await sandbox(keys)).code, 'APP_ID');
  assert.ok((await who.client.send('POST', `applications/${number}/selftest`, { envelope: '{}' })).status >= 400);
  assert.equal(sheets.length, 12);
  for (const s of sheets) assert.equal(await standing(s.number), '已作废');
  assert.equal((await officers.nation.get(`applications/${number}/credentials`)).may, false);
  await act('test', 'reissue', { serial: 3, reason: '再次' }, 409);
  await act('test', 'revocation', { serial: 3, reason: '再次' }, 409);
});

test('all of it is in the audit', () => {
  const deeds = sql(`SELECT deed, COUNT(*) FROM audit WHERE object = 'application/${number}' AND deed LIKE 'credential%' GROUP BY deed ORDER BY deed`);
  assert.deepEqual(deeds, [['credential.issue', '2'], ['credential.reissue', '4'], ['credential.replace', '4'], ['credential.revoke', '2']]);
});
