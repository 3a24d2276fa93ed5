// The sandbox over HTTP, with the keys as a channel copies them from its test sheet: the services of
// sandbox.def, each way they refuse, and that every answer to somebody known is signed.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { before, describe, test } from 'node:test';
import { envelope, keysOf, LIBRARIES, open, PORTAL } from './channel.mjs';
import { ready, SAMPLES, sheet, submitted } from './cases.mjs';
import { Client, redis, sql, VAR } from './client.mjs';
import { everyDesk, passChain, readyOperator } from './people.mjs';

const lib = LIBRARIES['sm-crypto'];
const anyone = new Client();
let keys;
let others;
let count = 0;
const own = () => `T${Date.now()}-${count++}`;
const order = (more) => ({ medOrgOrd: own(), orgCodg: 'H44010300001', feeSumamt: '12.50', ...more });

const post = (service, body) => anyone.call('POST', `sandbox/${service}`, body);

/** An answer, whose signature must be the platform's: its data, or code and message. */
function opened(k, answer) {
  assert.equal(typeof answer.success, 'boolean');
  if (answer.success) return { code: answer.code, ...open(lib, k, answer, k.platformPublicKey) };
  assert.equal(answer.encData, undefined);
  const signed = open(lib, k, answer, k.platformPublicKey);
  assert.ok(signed, 'the refusal is not signed with 平台公钥');
  return { code: answer.code, message: answer.message };
}

async function call(service, data, options, k = keys) {
  return opened(k, await post(service, JSON.stringify(envelope(lib, k, data, options))));
}

async function channel(officers) {
  const who = await readyOperator('hospital', SAMPLES);
  const number = await submitted(who, 'hospital', 'mixed');
  await passChain(officers, number);
  return keysOf(who.client, sheet(await ready(who, number, 'test'), 'test', 'payment').url);
}

before(async () => {
  const officers = await everyDesk();
  keys = await channel(officers);
  others = await channel(officers);
});

describe('an order', () => {
  test('is taken as some platforms sign it: numbers of data as texts, empties kept inside', async () => {
    const asked = order({ feeSumamt: 12.5, more: { a: null } });
    for (const signed of [{ ...asked, feeSumamt: '12.5' }, asked]) {
      const sorted = Object.fromEntries(Object.keys(signed).sort().map((k) => [k, signed[k]]));
      if (signed !== asked) delete sorted.more;
      const made = await call('order-create', { ...asked, medOrgOrd: signed.medOrgOrd }, { dataText: () => JSON.stringify(sorted) });
      assert.equal(made.code, '0', JSON.stringify(made));
    }
  });

  test('is made, found by either number, and paid back in parts', async () => {
    const asked = order({ feeSumamt: 12.5 });
    const made = await call('order-create', asked);
    assert.match(made.payOrdId, /^ORD440103\d{21}$/);
    assert.deepEqual(made, { code: '0', payOrdId: made.payOrdId, medOrgOrd: asked.medOrgOrd, ordStas: 'PAID', feeSumamt: '12.50', refdAmt: '0.00' });
    const { payOrdId } = made;
    assert.deepEqual(await call('order-query', { payOrdId }), made);
    assert.deepEqual(await call('order-query', { medOrgOrd: asked.medOrgOrd }), made);
    assert.deepEqual(await call('refund', { payOrdId, appRefdSn: 'a', refdAmt: '2.5' }), { ...made, ordStas: 'PART_REFUNDED', refdAmt: '2.50' });
    assert.equal((await call('refund', { payOrdId, appRefdSn: 'b' })).ordStas, 'REFUNDED');
    assert.equal((await call('order-query', { payOrdId })).refdAmt, '12.50');
  });

  test('is made once however often it is asked for, also at the same time', async () => {
    const asked = order();
    const made = await Promise.all(Array.from({ length: 6 }, (_, i) => call('order-create', asked, { timestamp: String(Date.now() + i) })));
    assert.equal(new Set(made.map((o) => o.payOrdId)).size, 1, JSON.stringify(made));
    assert.equal((await call('order-create', { ...asked, feeSumamt: '12.51' })).code, 'ORDER_DIFFERS');
    assert.equal((await call('order-create', { ...asked, orgCodg: 'P44010300001' })).code, 'ORDER_DIFFERS');
  });

  test('of one 应用ID is not there for another, who may use the same number', async () => {
    const asked = order();
    const { payOrdId } = await call('order-create', asked);
    assert.equal((await call('order-query', { payOrdId }, {}, others)).code, 'ORDER');
    assert.equal((await call('refund', { payOrdId, appRefdSn: '1' }, {}, others)).code, 'ORDER');
    assert.notEqual((await call('order-create', asked, {}, others)).payOrdId, payOrdId);
  });

  test('is never paid back twice', async () => {
    const { payOrdId } = await call('order-create', order());
    const once = { payOrdId, appRefdSn: '1', refdAmt: '10.00' };
    assert.equal((await call('refund', once)).refdAmt, '10.00');
    assert.equal((await call('refund', once)).refdAmt, '10.00');
    assert.equal((await call('refund', { ...once, refdAmt: '10.01' })).code, 'REFUND_DIFFERS');
    assert.equal((await call('refund', { payOrdId, appRefdSn: '2', refdAmt: '2.51' })).code, 'AMOUNT');
    const all = await Promise.all(['x', 'y', 'z', 'w'].map((appRefdSn) => call('refund', { payOrdId, appRefdSn, refdAmt: '2.50' })));
    assert.deepEqual(all.map((o) => o.code).sort(), ['0', 'AMOUNT', 'AMOUNT', 'AMOUNT']);
    assert.equal((await call('refund', { payOrdId, appRefdSn: 'v' })).code, 'AMOUNT');
    assert.equal((await call('order-query', { payOrdId })).ordStas, 'REFUNDED');
  });

  test('that nobody made is not known', async () => {
    for (const data of [{ payOrdId: 'ORD440103202611230000000000001' }, { medOrgOrd: 'none' }, {}])
      assert.equal((await call('order-query', data)).code, 'ORDER');
    assert.equal((await call('refund', { payOrdId: 'ORD440103202611230000000000001', appRefdSn: '1' })).code, 'ORDER');
  });
});

describe('what is refused', () => {
  test('a field that is missing or wrong, by its name', async () => {
    const wrong = [
      ['order-create', 'medOrgOrd', undefined], ['order-create', 'medOrgOrd', ''], ['order-create', 'medOrgOrd', 'a b'], ['order-create', 'medOrgOrd', 'x'.repeat(41)], ['order-create', 'medOrgOrd', ['x']],
      ['order-create', 'orgCodg', null], ['order-create', 'orgCodg', 'X44010300001'], ['order-create', 'orgCodg', 'H4401030000'],
      ['order-create', 'feeSumamt', '0'], ['order-create', 'feeSumamt', '-1'], ['order-create', 'feeSumamt', '1.234'], ['order-create', 'feeSumamt', '1e3'], ['order-create', 'feeSumamt', '1,5'], ['order-create', 'feeSumamt', '.5'], ['order-create', 'feeSumamt', '1.'], ['order-create', 'feeSumamt', '1234567890'], ['order-create', 'feeSumamt', true],
      ['order-query', 'payOrdId', 'x'], ['order-query', 'medOrgOrd', 'ä'],
      ['refund', 'payOrdId', ''], ['refund', 'appRefdSn', ''], ['refund', 'refdAmt', '0.00'], ['refund', 'refdAmt', 'all'],
    ];
    const good = { 'order-create': order(), 'order-query': {}, refund: { payOrdId: 'ORD440103202611230000000000001', appRefdSn: '1' } };
    for (const [service, name, value] of wrong) {
      const { code, message } = await call(service, { ...good[service], [name]: value });
      assert.deepEqual([code, message.includes(name)], ['FIELD', true], `${service} ${name} ${value}: ${message}`);
    }
  });

  test('the same bytes again', async () => {
    const body = JSON.stringify(envelope(lib, keys, order()));
    assert.equal(opened(keys, await post('order-create', body)).code, '0');
    assert.equal(opened(keys, await post('order-create', body)).code, 'REPLAY');
    assert.equal(opened(keys, await post('order-query', body)).code, 'REPLAY');
    const seen = redis('--scan', '--pattern', 'sandbox_seen:*').split('\n').filter(Boolean);
    assert.ok(seen.length > 0);
    for (const key of seen.slice(0, 20)) assert.ok(Number(redis('TTL', key)) <= 1200);
  });

  test('a time more than ten minutes off, however it is written', async () => {
    const digits = (ms) => new Date(ms + 8 * 3600e3).toISOString().replace(/\D/g, '');
    const now = Date.now();
    for (const ms of [now - 11 * 60e3, now + 11 * 60e3])
      for (const timestamp of [String(ms), String(Math.floor(ms / 1000)), digits(ms), digits(ms).slice(0, 14)])
        assert.equal((await call('order-create', order(), { timestamp })).code, 'timestamp_far_off', timestamp);
    for (const timestamp of [String(now - 9 * 60e3), String(now + 9 * 60e3), digits(now)]) assert.equal((await call('order-create', order(), { timestamp })).code, '0', timestamp);
  });

  test('a time off by the hours of a zone, which is named', async () => {
    const { code, message } = await call('order-create', order(), { timestamp: String(Date.now() - 8 * 3600e3) });
    assert.equal(code, 'timestamp_zone');
    assert.match(message, /慢了 8 小时：像是 UTC\+0 时区的时间/);
  });

  test('an envelope with a mistake, in the words of the self-test', async () => {
    const mistakes = { sign_without_z: { options: { hash: false } }, sm4_key_raw_bytes: { sm4: 'raw' }, enc_data_lower_case: { encData: (c) => c.toLowerCase() }, field_value: { fields: { encType: 'sm4' } }, sign_base64_form: { encode: (h) => Buffer.from(h, 'hex').toString('base64url') } };
    for (const [mistake, options] of Object.entries(mistakes)) {
      const { code, message } = await call('order-create', order(), options);
      assert.equal(code, mistake);
      assert.ok(message.length > 10);
    }
  });

  test('who is not known, without a signature', async () => {
    assert.equal((await post('order-create', 'x')).code, 'envelope_not_json');
    for (const body of ['{}', '[]', '{"appId":"0123456789ABCDEF0123456789ABCDEF"}', '{"appId":1}']) {
      const answer = await post('order-create', body);
      assert.deepEqual([answer.success, answer.code, answer.signData], [false, 'APP_ID', undefined], body);
    }
    await anyone.call('POST', 'sandbox/nothing', '{}', 404);
  });
});

test('what is shown of it is what it does', async () => {
  const page = await anyone.get('sandbox');
  const made = await call('order-create', order());
  for (const service of page.services) assert.deepEqual(['code', ...service.answer.map((f) => f.name)].sort(), Object.keys(made).sort());
  const required = page.services.map((s) => s.request.filter((f) => f.required).map((f) => f.name));
  assert.deepEqual(required, [['medOrgOrd', 'orgCodg', 'feeSumamt'], [], ['payOrdId', 'appRefdSn']]);
  assert.ok(page.codes.some((c) => c.code === 'REPLAY') && page.mistakes.length > 50 && page.samples.length === 8);
  assert.deepEqual(new Set(page.mistakes.map((m) => m.sample)), new Set(page.samples.map((s) => s.sample)));
});

test('after a week it is forgotten', async () => {
  const { payOrdId } = await call('order-create', order());
  await call('refund', { payOrdId, appRefdSn: '1', refdAmt: '1' });
  const [[id]] = sql(`SELECT id FROM sandbox_order WHERE number = '${payOrdId}'`);
  const week = 7 * 86400;
  const age = (seconds) => {
    sql(`UPDATE sandbox_order SET created_at = created_at - ${seconds} WHERE id = ${id}`);
    sql(`UPDATE sandbox_refund SET created_at = created_at - ${seconds} WHERE order_id = ${id}`);
    execFileSync(PORTAL, ['jobs', '--once'], { env: { ...process.env, PORTAL_ENV_FILE: `${VAR}/portal.env` } });
  };
  age(week - 600);
  assert.equal((await call('order-query', { payOrdId })).refdAmt, '1.00');
  age(601);
  assert.equal((await call('order-query', { payOrdId })).code, 'ORDER');
  assert.deepEqual(sql(`SELECT COUNT(*) FROM sandbox_refund WHERE order_id = ${id}`), [['0']]);
});
