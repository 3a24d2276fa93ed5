// 联调自测 and the sandbox over HTTP, with the keys as a channel copies them from its test sheet.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { envelope, keysOf, LIBRARIES, open } from './channel.mjs';
import { detail, ready, SAMPLES, sheet, submitted } from './cases.mjs';
import { Client, sql } from './client.mjs';
import { OFFICERS, officer, passChain, readyOperator } from './people.mjs';

const lib = LIBRARIES['sm-crypto'];
const DATA = { feeSumamt: '12.50', orgCodg: 'H44010300001', psn: { name: '测试', none: null } };
const anyone = new Client();
const officers = {};
let who;
let number;
let keys;

const bench = (message, status) => who.client.post(`applications/${number}/bench`, { envelope: JSON.stringify(message) }, status);

/** The sandbox's answer; opened when it is an envelope. */
async function sandbox(service, data, options, body) {
  const made = body ?? JSON.stringify(envelope(lib, keys, data, options));
  const all = await anyone.call('POST', `sandbox/${service}`, made);
  if (!all.success) return all;
  const { success, code, message, ...rest } = all;
  const opened = open(lib, keys, rest, keys.platformPublicKey);
  assert.ok(opened, 'the answer does not verify with 平台公钥');
  return opened;
}

before(async () => {
  for (const [desk, account] of Object.entries(OFFICERS)) officers[desk] = await officer(account);
  who = await readyOperator('hospital', SAMPLES);
  number = await submitted(who, 'hospital', 'mixed');
});

test('before the test sheets are there, there is nothing to test with', async () => {
  await bench({ some: 'thing' }, 409);
  assert.equal((await detail(who, number)).bench, null);
});

describe('with a test sheet', () => {
  before(async () => {
    await passChain(officers, number);
    const d = await ready(who, number, 'test');
    keys = await keysOf(who.client, sheet(d, 'test', 'payment').url);
  });

  test('a mistake is named, and the 数字密钥 is not in the answer', async () => {
    const found = await bench(envelope(lib, keys, DATA, { keepOrder: true, spaces: true }));
    assert.equal(found.ok, false);
    assert.equal(found.mistake, 'json_spaces');
    assert.ok(!JSON.stringify(found).includes(keys.appSecret));
    assert.ok(found.expected.endsWith(`&key=${'*'.repeat(32)}`));
    const d = await detail(who, number);
    assert.deepEqual([d.bench.ok, d.bench.passed_at], [false, null]);
  });

  test('a good envelope passes; applicant and officers see it, and a later failure does not hide it', async () => {
    const found = await bench(envelope(lib, keys, DATA));
    assert.deepEqual([found.ok, found.step, found.mistake], [true, 'done', null]);
    await bench(envelope(lib, keys, DATA, { sm4: 'raw' }));
    for (const d of [await detail(who, number), await officers.nation.get(`applications/${number}`)]) {
      assert.equal(d.bench.ok, false);
      assert.ok(d.bench.passed_at > 1.7e9);
      assert.deepEqual(d.bench.steps.map((s) => s.state), Array(5).fill('passed'));
    }
    const [[kept]] = sql(`SELECT transcript FROM bench JOIN application a ON a.id = application_id WHERE a.number = '${number}'`);
    for (const secret of [keys.appSecret, keys.channelPrivateKey, '测试']) assert.ok(!kept.includes(secret));
  });

  test('another operator, and nobody, may not', async () => {
    await new Client().call('POST', `applications/${number}/bench`, { envelope: '{}' }, 401);
    const other = await readyOperator('pharmacy', SAMPLES);
    await other.client.post(`applications/${number}/bench`, { envelope: '{}' }, 404);
  });

  test('the sandbox makes an order, finds it, refunds it, and signs its answers', async () => {
    const made = await sandbox('order-create', DATA);
    assert.match(made.payOrdId, /^ORD440103\d{21}$/);
    assert.deepEqual([made.ordStas, made.feeSumamt], ['PAID', '12.50']);
    const { payOrdId } = made;
    assert.equal((await sandbox('order-query', { payOrdId })).ordStas, 'PAID');
    assert.equal((await sandbox('refund', { payOrdId, refdAmt: '2.50' })).ordStas, 'PART_REFUNDED');
    assert.equal((await sandbox('refund', { payOrdId, refdAmt: 10.01 })).code, 'AMOUNT');
    assert.equal((await sandbox('refund', { payOrdId })).ordStas, 'REFUNDED');
    assert.equal((await sandbox('order-query', { payOrdId })).refdAmt, '12.50');
  });

  test('the sandbox refuses what does not open, and says why', async () => {
    assert.equal((await sandbox('order-create', DATA, { options: { hash: false } })).code, 'sign_without_z');
    assert.equal((await sandbox('order-create', DATA, { timestamp: String(Date.now() - 3600e3) })).code, 'timestamp_far_off');
    assert.equal((await sandbox('order-create', { feeSumamt: '-1' })).code, 'FEE');
    assert.equal((await sandbox('order-query', { payOrdId: 'ORD440103202611230000000000001' })).code, 'ORDER');
    assert.equal((await sandbox('order-create', null, null, 'x')).code, 'envelope_not_json');
    assert.equal((await sandbox('order-create', null, null, '{"appId":"0123456789ABCDEF0123456789ABCDEF"}')).code, 'APP_ID');
    await anyone.call('POST', 'sandbox/nothing', '{}', 404);
  });

  test('弃用 ends it', async () => {
    const d = await detail(who, number);
    await who.client.post(`applications/${number}/discard`, { version: d.version, reason: '不再接入' });
    assert.equal((await sandbox('order-create', DATA)).code, 'APP_ID');
    await bench(envelope(lib, keys, DATA), 409);
  });
});
