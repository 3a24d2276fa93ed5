// 联调自测 over HTTP, with the keys as a channel copies them from its test sheet.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { checkMasked, envelope, keysOf, LIBRARIES, wire } from './channel.mjs';
import { detail, ready, SAMPLES, sheet, submitted } from './cases.mjs';
import { Client, redis, sql } from './client.mjs';
import { cases, DATA as MIXED } from './mistakes.mjs';
import { everyDesk, passChain, readyOperator } from './people.mjs';

const lib = LIBRARIES['sm-crypto'];
const DATA = { feeSumamt: '12.50', orgCodg: 'H44010300001', psn: { name: '测试', none: null } };
const anyone = new Client();
const officers = {};
let who;
let number;
let keys;

const selftest = (message, status) => who.client.post(`applications/${number}/selftest`, { envelope: JSON.stringify(message) }, status);

before(async () => {
  Object.assign(officers, await everyDesk());
  who = await readyOperator('hospital', SAMPLES);
  number = await submitted(who, 'hospital', 'mixed');
});

test('before the test sheets are there, there is nothing to test with', async () => {
  await selftest({ some: 'thing' }, 409);
  assert.equal((await detail(who, number)).selftest, null);
});

describe('with a test sheet', () => {
  before(async () => {
    await passChain(officers, number);
    const d = await ready(who, number, 'test');
    keys = await keysOf(who.client, sheet(d, 'test', 'payment').url);
  });

  test('a mistake is named, and the 数字密钥 is not in the answer', async () => {
    const found = await selftest(envelope(lib, keys, DATA, { keepOrder: true, spaces: true }));
    assert.equal(found.ok, false);
    assert.equal(found.mistake, 'json_spaces');
    assert.ok(!JSON.stringify(found).includes(keys.appSecret));
    assert.ok(found.expected.endsWith(`&key=${'*'.repeat(32)}`));
    const d = await detail(who, number);
    assert.deepEqual([d.selftest.ok, d.selftest.passed_at], [false, null]);
  });

  test('a good envelope passes; applicant and officers see it, and a later failure does not hide it', async () => {
    const good = envelope(lib, keys, DATA);
    const found = await selftest(good);
    assert.deepEqual([found.ok, found.step, found.mistake], [true, 'done', null]);
    await anyone.call('POST', 'sandbox/order-create', JSON.stringify(envelope(lib, keys, { ...DATA, medOrgOrd: 'T1' })));
    await selftest(envelope(lib, keys, DATA, { sm4: 'raw' }));
    for (const d of [await detail(who, number), await officers.nation.get(`applications/${number}`)]) {
      assert.equal(d.selftest.ok, false);
      assert.ok(d.selftest.passed_at > 1.7e9);
      assert.deepEqual([d.selftest.app_id, d.selftest.fields, d.selftest.digest], [keys.appId, Object.keys(good), lib.sm3(JSON.stringify(good))]);
      assert.deepEqual([d.selftest.sandbox.orders, d.selftest.sandbox.refunds], [1, 0]);
      assert.deepEqual(d.selftest.steps.map((s) => s.state), Array(5).fill('passed'));
    }
    const [[kept]] = sql(`SELECT transcript FROM selftest JOIN application a ON a.id = application_id WHERE a.number = '${number}'`);
    for (const secret of [keys.appSecret, keys.channelPrivateKey, '测试']) assert.ok(!kept.includes(secret));
  });

  test('another operator, and nobody, may not', async () => {
    await new Client().call('POST', `applications/${number}/selftest`, { envelope: '{}' }, 401);
    const other = await readyOperator('pharmacy', SAMPLES);
    await other.client.post(`applications/${number}/selftest`, { envelope: '{}' }, 404);
  });

  test('the page says what the program says in the shell, of every mistake there is', async () => {
    const all = cases(lib);
    const made = all.map(([, options, data]) => wire(envelope(lib, keys, data ?? MIXED, options), options));
    for (const [i, text] of made.entries()) {
      if (i % 25 === 0) for (const key of redis('--scan', '--pattern', '*applications/{key}/selftest*').split('\n').filter(Boolean)) redis('DEL', key);
      const page = await (await who.client.send('POST', `applications/${number}/selftest`, JSON.stringify({ envelope: text }))).text();
      assert.equal(page, checkMasked(keys, text), all[i][0]); // byte for byte
      assert.equal(JSON.parse(page).mistake, all[i][0]);
      for (const secret of [keys.appSecret, keys.channelPrivateKey]) assert.ok(!page.includes(secret), all[i][0]);
    }
  });

  test('弃用 ends it', async () => {
    const d = await detail(who, number);
    await who.client.post(`applications/${number}/discard`, { version: d.version, reason: '不再接入' });
    assert.equal((await anyone.call('POST', 'sandbox/order-create', JSON.stringify(envelope(lib, keys, DATA)))).code, 'APP_ID');
    await selftest(envelope(lib, keys, DATA), 409);
  });
});
