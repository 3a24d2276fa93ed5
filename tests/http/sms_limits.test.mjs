// The ceilings of A-17, with everybody at once; what Redis forgets or cannot keep lets nothing through.
// With LONG=1: 10,000 requests and 1,000 checks.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, test } from 'node:test';
import { Client, messages, redis, setting, sleep, solvedCaptchas, sql, until } from './client.mjs';
import { operatorForm, PASSWORD, phone, unitForm, uscc } from './people.mjs';

const { LONG } = process.env;
const SENDS = LONG ? 10_000 : 500;
const CHECKS = LONG ? 1000 : 100;
const AT_ONCE = 50; // connections

/** So many calls, AT_ONCE at a time; how often each status came. */
async function flood(count, call) {
  const seen = {};
  let next = 0;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (next < count) {
        const answer = await call(next++);
        await answer.arrayBuffer();
        seen[answer.status] = (seen[answer.status] ?? 0) + 1;
      }
    }),
  );
  return seen;
}

/** Limits per address are for strangers, not for a test of those per phone. */
const forgetAddress = () => redis('--scan', '--pattern', 'rate*').split('\n').filter(Boolean).forEach((key) => redis('DEL', key));
/** As if all SMS so far had been asked for so many seconds earlier. */
const pass = (seconds) => sql(`UPDATE sms_counted SET at = at - ${seconds}`);
const rows = () => Number(sql("SELECT COUNT(*) FROM sms_message WHERE template = 'SMS_CODE'")[0][0]);

const client = new Client();
await client.session();
const ask = (to, solved) => client.send('POST', 'sms-codes', { purpose: 'register', phone: to, ...solved });

test(`${SENDS} requests for one phone at once: one SMS a minute, five an hour`, async () => {
  await client.session();
  const to = phone();
  const before = rows();
  let sent = 0;
  const solved = solvedCaptchas(SENDS);
  const bursts = 8;
  for (let burst = 1; burst <= bursts; burst++) {
    forgetAddress();
    const count = SENDS / bursts | 0;
    const seen = await flood(count, (i) => ask(to, solved[(burst - 1) * count + i]));
    const now = seen[202] ?? 0;
    assert.equal(now, burst <= 5 ? 1 : 0, `burst ${burst}: ${JSON.stringify(seen)}`);
    assert.equal(now + (seen[429] ?? 0), count, JSON.stringify(seen));
    sent += now;
    pass(60);
  }
  assert.equal(sent, 5);
  assert.equal(rows() - before, 5);
  await until(() => messages(to).length === 5);
  await sleep(600);
  assert.equal(messages(to).length, 5);
});

test('ten a day for one phone, however many ask at once and however long the hours are', async () => {
  const to = phone();
  const before = rows();
  const bursts = 13;
  const sent = [];
  for (let burst = 0; burst < bursts; burst++) {
    forgetAddress();
    pass(3600);
    redis('FLUSHALL'); // what Redis forgets makes no SMS free
    await client.session();
    const solved = solvedCaptchas(12);
    const seen = await flood(12, (i) => ask(to, solved[i]));
    assert.equal((seen[202] ?? 0) + (seen[429] ?? 0), 12, JSON.stringify(seen));
    sent.push(seen[202] ?? 0);
  }
  assert.deepEqual(sent, Array.from({ length: bursts }, (_, i) => (i < 10 ? 1 : 0)));
  assert.equal(rows() - before, 10);
});

test('the budget of a day is a ceiling for all phones together', async () => {
  const left = 7;
  const day = new Date(Date.now() + 8 * 3600e3).toISOString().slice(0, 10).replaceAll('-', '');
  const used = () => Number(sql(`SELECT COALESCE(MAX(used), 0) FROM sms_day WHERE day = ${day}`)[0][0]);
  const budget = Number(setting('PORTAL_SMS_DAILY') ?? 50_000);
  const really = used();
  const before = rows();
  forgetAddress();
  sql(`INSERT INTO sms_day (day, used) VALUES (${day}, ${budget - left}) ON DUPLICATE KEY UPDATE used = VALUES(used)`);
  try {
    const solved = solvedCaptchas(61);
    const seen = await flood(60, (i) => ask(phone(), solved[i]));
    assert.deepEqual(seen, { 202: left, 429: 60 - left });
    assert.equal(rows() - before, left);
    assert.equal(used(), budget);
    const refused = await ask(phone(), solved[60]);
    assert.match((await refused.json()).detail, /今日短信发送量已达上限/);
  } finally {
    sql(`UPDATE sms_day SET used = ${really + left} WHERE day = ${day}`);
  }
});

test(`${SENDS} requests for many phones at once: one SMS each`, async () => {
  const phones = Array.from({ length: SENDS / 10 }, phone);
  const before = rows();
  const solved = solvedCaptchas(SENDS);
  forgetAddress();
  let answered = 0;
  let sent = 0;
  for (let from = 0; from < SENDS; from += 500) {
    forgetAddress();
    const seen = await flood(Math.min(500, SENDS - from), (i) => ask(phones[(from + i) % phones.length], solved[from + i]));
    sent += seen[202] ?? 0;
    answered += (seen[202] ?? 0) + (seen[429] ?? 0);
  }
  assert.equal(answered, SENDS);
  assert.equal(sent, phones.length);
  assert.equal(rows() - before, phones.length);
});

/** A session with 单位信息 filled in, and a phone with a code. */
async function registering() {
  const who = new Client();
  const operator = operatorForm();
  await who.session();
  await who.put('registration/unit', unitForm('hospital', uscc()));
  return { who, operator, code: await who.smsCode('register', operator.phone) };
}
const finish = ({ who, operator }, sms_code) =>
  who.send('POST', 'registration', { ...operator, sms_code }, { 'idempotency-key': randomBytes(16).toString('hex') });

test(`${CHECKS} checks of one code at once: exactly one succeeds`, async () => {
  const one = await registering();
  const seen = await flood(CHECKS, () => finish(one, one.code));
  assert.equal(seen[201], 1, JSON.stringify(seen));
  assert.equal(Number(sql(`SELECT COUNT(*) FROM sms_code_spent WHERE spent_at > UNIX_TIMESTAMP() - 60`)[0][0]) >= 1, true);
});

test('a code has five tries', async () => {
  const wrong = (code) => String((Number(code) + 1) % 1e6).padStart(6, '0');
  const one = await registering();
  for (let i = 0; i < 4; i++) assert.equal((await finish(one, wrong(one.code))).status, 422);
  assert.equal((await finish(one, one.code)).status, 201);
  const two = await registering();
  for (let i = 0; i < 5; i++) assert.equal((await finish(two, wrong(two.code))).status, 422);
  assert.equal((await finish(two, two.code)).status, 422);
});

test('a code is of use in the session that asked for it alone: a stranger neither voids nor guesses it', async () => {
  const one = await registering();
  const guesser = new Client();
  await guesser.session();
  await guesser.put('registration/unit', unitForm('hospital', uscc()));
  const stranger = { who: guesser, operator: one.operator };
  for (let i = 0; i < 6; i++) assert.equal((await finish(stranger, String((Number(one.code) + i) % 1e6).padStart(6, '0'))).status, 422);
  assert.equal((await finish(one, one.code)).status, 201);
});

test('a code that was used stays used when Redis is put back', async () => {
  const one = await registering();
  const [key] = redis('--scan', '--pattern', 'sms_code:register/*').split('\n').filter((k) => redis('TTL', k) > 295);
  const kept = redis('GET', key);
  assert.equal((await finish(one, one.code)).status, 201);
  await one.who.put('registration/unit', unitForm('hospital', uscc()));
  redis('SET', key, kept, 'EX', '300');
  const answer = await finish(one, one.code);
  assert.equal(answer.status, 422);
  assert.match(await answer.text(), /短信验证码已失效/);
});

after(() => redis('CONFIG', 'SET', 'maxmemory', '256mb'));
test('a Redis that can keep no more lets nobody through, and all goes on when it can', async () => {
  const who = new Client();
  await who.session();
  const [first, second, third] = solvedCaptchas(3);
  redis('CONFIG', 'SET', 'maxmemory', '1');
  for (let i = 0; i < 8; i++) assert.equal((await who.send('POST', 'captchas')).status, 503);
  assert.equal((await who.send('POST', 'sms-codes', { purpose: 'register', phone: phone(), ...first })).status, 503);
  assert.equal((await who.send('POST', 'session/unit', { account: 'nobody99', password: PASSWORD, ...second })).status, 503);
  redis('CONFIG', 'SET', 'maxmemory', '256mb');
  for (let i = 0; i < 30; i++) await who.session(); // no worker gives an answer that belongs to another question
  assert.equal((await who.send('POST', 'session/unit', { account: 'nobody99', password: PASSWORD, ...third })).status, 401);
  assert.ok((await who.captcha()).captcha);
});

test('a Redis that forgot everything knows nobody, no code and no captcha', async () => {
  const one = await registering();
  const solved = await one.who.captcha();
  redis('FLUSHALL');
  assert.notEqual((await finish(one, one.code)).status, 201);
  const fresh = new Client();
  await fresh.session();
  const answer = await fresh.send('POST', 'sms-codes', { purpose: 'register', phone: phone(), ...solved });
  assert.notEqual(answer.status, 202);
  assert.equal((await fresh.send('GET', 'unit')).status, 401);
});
