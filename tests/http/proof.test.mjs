// 验证手机号: what a session alone does not open, a code to one's own phone does, for ten minutes; a unit may
// demand it at every login; the owner hears of new devices and of resets.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { ready, SAMPLES, submitted } from './cases.mjs';
import { Client, messages, redis, sql, until } from './client.mjs';
import { makePair, sign } from './channel_key.mjs';
import { everyDesk, passChain, readyOperator, register, uscc } from './people.mjs';

/** The same person in another browser, who answers no question by himself; his institution chosen. */
async function another(who) {
  const client = new Client();
  const session = await client.loginOperator(who.operator.phone, who.operator.password);
  client.phone = undefined;
  if (!session.institution && !session.second_factor)
    await client.put('session/institution', { institution_id: (await client.get('session/institutions')).items[0].id });
  return client;
}

/** The session of this client as if it had been proved so long ago. */
function provedAgo(seconds) {
  let changed = 0;
  for (const key of redis('--scan', '--pattern', 'session:*').split('\n').filter(Boolean)) {
    const kept = JSON.parse(redis('GET', key) || '{}');
    if (!kept.data?.proved_at) continue;
    kept.data.proved_at = Math.floor(Date.now() / 1000) - seconds;
    redis('SET', key, JSON.stringify(kept), 'KEEPTTL');
    changed++;
  }
  assert.ok(changed, 'there is a session that was proved');
}

const told = (client, title) =>
  until(async () => (await client.get('messages')).items.find((m) => m.title === title));

describe('a phone proves itself', () => {
  let who;
  let number;
  const sheets = () => `applications/${number}/sheets/test`;

  before(async () => {
    who = await readyOperator('hospital', SAMPLES);
    number = await submitted(who, 'hospital', 'auth');
    await passChain(await everyDesk(), number);
    await ready(who, number, 'test');
  });

  test('before a secret, a sheet or 上报渠道公钥; one proof opens them all, and gives the session a new id', async () => {
    const client = await another(who);
    const pair = makePair();
    const { challenge } = await client.get(`applications/${number}/channel-key`);
    const all = [
      () => client.post(`${sheets()}/reveal`, { field: 'secret' }, 403),
      () => client.get(`${sheets()}/payment.pdf`, 403),
      () => client.get(`${sheets()}/identity.pdf`, 403),
      () => client.post(`applications/${number}/channel-key`, { public_key: pair.publicKey, signature: sign(pair, challenge) }, 403),
    ];
    for (const ask of all) assert.equal((await ask()).code, 'PHONE_PROOF');
    const values = await client.get(sheets());
    assert.deepEqual(values.hidden, ['secret', 'channel_private'], 'what is no secret is read as before');
    const stolen = new Client();
    stolen.cookies = new Map(client.cookies);
    stolen.csrf = client.csrf;
    await client.prove(who.operator.phone);
    assert.equal((await stolen.get('session')).kind, 'none', 'a stolen copy of the session is over');
    assert.match((await client.post(`${sheets()}/reveal`, { field: 'secret' })).value, /^[0-9A-F]{32}$/i);
    assert.ok((await client.get(`${sheets()}/payment.pdf`)).startsWith('%PDF'));
    await client.post(`applications/${number}/channel-key`, { public_key: pair.publicKey, signature: sign(pair, challenge) });
  });

  test('for ten minutes, and for this session alone', async () => {
    const client = await another(who);
    sql('UPDATE sms_counted SET at = at - 60');
    await client.prove(who.operator.phone);
    provedAgo(300);
    await client.get(`${sheets()}/payment.pdf`);
    provedAgo(600);
    assert.equal((await client.get(`${sheets()}/payment.pdf`, 403)).code, 'PHONE_PROOF');
    assert.equal((await (await another(who)).get(`${sheets()}/payment.pdf`, 403)).code, 'PHONE_PROOF');
  });

  test('by the code that came, once, within five tries; the SMS says what it is for', async () => {
    const client = await another(who);
    sql('UPDATE sms_counted SET at = at - 60');
    await client.post('session/proof-code', {}, 422);
    const code = await client.codeOf(who.operator.phone, async () =>
      client.post('session/proof-code', await client.captcha(), 202));
    assert.match(messages(who.operator.phone).find((text) => text.includes(code)), /查看密钥.*如非本人操作/);
    assert.equal((await client.post('session/proof-code', await client.captcha(), 429)).code, 'RATE_LIMITED');
    const wrong = code === '000000' ? '000001' : '000000';
    for (const given of ['', '12', wrong])
      assert.deepEqual((await client.post('session/proof', { sms_code: given }, 422)).errors.map((e) => e.field), ['sms_code']);
    await client.post('session/proof', { sms_code: code });
    await client.post('session/proof', { sms_code: code }, 422);
    await client.get(`${sheets()}/payment.pdf`);
    const anybody = new Client();
    await anybody.session();
    await anybody.post('session/proof', { sms_code: code }, 401);
  });

  test("of a unit it is the 法定代表人's, and only after 资质认证", async () => {
    const unit = new Client();
    await unit.loginUnit(who.unit.account, who.unit.password);
    assert.equal((await unit.get(`${sheets()}/payment.pdf`, 403)).code, 'PHONE_PROOF');
    await unit.prove(who.unit.legal_phone);
    await unit.get(`${sheets()}/payment.pdf`);
    const { unit: uncertified } = await register('hospital', uscc());
    const stranger = new Client();
    await stranger.loginUnit(uncertified.account, uncertified.password);
    const answer = await stranger.post('session/proof-code', await stranger.captcha(), 403);
    assert.equal(answer.code, 'NOT_CERTIFIED');
    assert.deepEqual(messages(uncertified.legal_phone), []);
  });
});

describe('a second step of the login', () => {
  let who;

  before(async () => {
    who = await readyOperator('hospital', SAMPLES);
  });

  test('is demanded where the unit says so, of its account and its 经办人; until then nothing is open', async () => {
    const bare = new Client();
    await bare.loginUnit(who.unit.account, who.unit.password);
    assert.equal((await bare.put('unit/security', { second_factor: true }, 403)).code, 'PHONE_PROOF');
    assert.equal((await who.unitClient.get('unit')).second_factor, false, 'off by default');
    await who.unitClient.put('unit/security', { second_factor: true });
    assert.equal((await who.unitClient.get('unit')).second_factor, true);
    assert.equal((await who.client.get('session')).second_factor, null, 'who is here stays here');
    for (const [login, phone] of [
      [(client) => client.loginOperator(who.operator.phone, who.operator.password), who.operator.phone],
      [(client) => client.loginUnit(who.unit.account, who.unit.password), who.unit.legal_phone],
    ]) {
      const client = new Client();
      sql('UPDATE sms_counted SET at = at - 60');
      assert.equal((await login(client)).second_factor, 'sms');
      for (const [method, path] of [['GET', 'unit'], ['GET', 'messages'], ['GET', 'applications'], ['GET', 'sessions']])
        assert.equal((await client.call(method, path, undefined, 403)).code, 'SECOND_FACTOR', path);
      const session = await client.prove(phone);
      assert.equal(session.second_factor, null);
      await client.get('unit');
      await client.del('session');
    }
    await who.unitClient.put('unit/security', { second_factor: false });
    const client = new Client();
    assert.equal((await client.loginOperator(who.operator.phone, who.operator.password)).second_factor, null);
  });
});

describe('the owner is told', () => {
  let who;

  before(async () => {
    who = await readyOperator('hospital', SAMPLES);
  });

  test('of a sign-in in a new browser, not of one in a browser he has used', async () => {
    const count = () => messages(who.operator.phone).filter((text) => /在新的设备上登录/.test(text)).length;
    const client = new Client();
    await client.loginOperator(who.operator.phone, who.operator.password);
    await told(client, '新设备登录');
    await until(() => count() > 0);
    const known = count();
    await client.del('session');
    await client.loginOperator(who.operator.phone, who.operator.password);
    const unit = new Client();
    await unit.loginUnit(who.unit.account, who.unit.password);
    await told(unit, '新设备登录');
    await until(() => messages(who.unit.legal_phone).some((text) => /在新的设备上登录/.test(text)));
    assert.equal(count(), known, 'nothing of the browser he has used');
  });

  test('of a password that was reset, the 经办人 and the unit', async () => {
    const password = 'Chongshe2026';
    sql('UPDATE sms_counted SET at = at - 60');
    const lost = new Client();
    await lost.session();
    const sms_code = await lost.smsCode('operator_reset', who.operator.phone);
    const { phone, name, id_no } = who.operator;
    await lost.put('password-reset/operator', { phone, name, id_no, password, password2: password, sms_code }, 204);
    await until(() => messages(phone).some((text) => /密码已通过手机号重设/.test(text)));

    const unit = new Client();
    await unit.session();
    await unit.post('password-reset', { account: who.unit.account, ...(await unit.captcha()) });
    const legal = await unit.smsCode('reset', who.unit.legal_phone);
    await unit.put('password-reset', {
      unit_name: who.unit.name,
      uscc: who.unit.uscc,
      legal_name: who.unit.legal_name,
      legal_id_type: who.unit.legal_id_type,
      legal_id_no: who.unit.legal_id_no,
      verifier: 'legal',
      verifier_name: who.unit.legal_name,
      phone: who.unit.legal_phone,
      password,
      password2: password,
      sms_code: legal,
    }, 204);
    await until(() => messages(who.unit.legal_phone).some((text) => /找回密码.*重设/.test(text)));
    await unit.session();
    await unit.loginUnit(who.unit.account, password);
    await told(unit, '单位密码已重设');
  });
});
