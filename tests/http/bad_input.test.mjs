// Every request that cannot be right has its defined answer: problem+json, Chinese, each bad field named.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { before, describe, test } from 'node:test';
import { applicationForm, detail, SAMPLES, submitted } from './cases.mjs';
import { b64, BASE, Client, PIECE, redis } from './client.mjs';
import { officer, OFFICERS, operatorForm, readyOperator, register, stepOne, unitForm, uscc } from './people.mjs';

const CHINESE = /[\u4e00-\u9fff]/;

/** Checks one refusal: status, media type, a Chinese title, and the fields it names. */
async function refused(answer, status, fields) {
  const text = await answer.text();
  assert.equal(answer.status, status, text);
  assert.match(answer.headers.get('content-type'), /^application\/problem\+json/);
  const problem = JSON.parse(text);
  assert.equal(problem.status, status);
  assert.match(problem.title, CHINESE);
  for (const field of fields ?? []) {
    const found = problem.errors.find((e) => e.field === field);
    assert.ok(found, `${field} is not named in ${text}`);
    assert.match(found.text, CHINESE);
  }
  return problem;
}

let who;
let stranger;
before(async () => {
  who = await readyOperator('hospital', SAMPLES);
  stranger = await readyOperator('hospital', SAMPLES);
});

describe('a body', () => {
  const put = (body, headers) => who.client.send('PUT', 'session/password', body, headers);

  test('of another content type', async () => refused(await put('a=b', { 'content-type': 'application/x-www-form-urlencoded' }), 415));
  test('that is not JSON', async () => refused(await put('{"a":'), 400));
  test('that is no object', async () => refused(await put('[1]'), 400));
  test('with a member twice', async () => refused(await put('{"password":"a","password":"b"}'), 400));
  test('with NUL', async () => refused(await put('{"password":"a\\u0000b"}'), 400));
  test('with malformed UTF-8', async () => refused(await put(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])), 400));
  test('nested without end', async () =>
    refused(await who.client.send('POST', 'applications', '['.repeat(5000), { 'idempotency-key': randomBytes(16).toString('hex') }), 400));
  test('larger than the address takes', async () => refused(await put(JSON.stringify({ password: 'x'.repeat(40000) })), 413));
  test('larger than nginx takes', async () => refused(await put(JSON.stringify({ password: 'x'.repeat(3 << 20) })), 413));
  test('with unknown fields names them', async () => refused(await put({ admin: true }), 422, ['admin', 'password']));
  test('with fields of the wrong type', async () => refused(await put({ old_password: 1, password: [], password2: {} }), 422, ['old_password', 'password']));
});

describe('an address', () => {
  test('that does not exist', async () => refused(await who.client.send('GET', 'nothing'), 404));
  test('for another method', async () => refused(await who.client.send('PATCH', 'session'), 405));
  test('of the intranet site does not exist on the public one', async () => {
    for (const path of ['queue', 'session/officer', '/healthz', '/readyz', '/metrics']) await refused(await who.client.send('GET', path), 404);
  });
});

describe('a session', () => {
  test('is needed', async () => {
    const nobody = new Client();
    await nobody.session();
    await refused(await nobody.send('GET', 'applications'), 401);
  });
  test('that has expired says so and asks to sign in again', async () => {
    const late = new Client();
    await late.loginOperator(who.operator.phone, who.operator.password);
    for (const key of redis('--scan', '--pattern', 'session:*').split('\n')) {
      const kept = redis('GET', key);
      if (kept.includes(`"csrf":"${late.csrf}"`)) redis('DEL', key);
    }
    const problem = await refused(await late.send('GET', 'applications'), 401);
    assert.match(problem.title, /登录/);
  });
  test('needs its own token for changes', async () => {
    const same = await who.client.send('POST', 'applications', {}, { 'x-csrf-token': '0'.repeat(32) });
    await refused(same, 403);
    await refused(await who.client.send('POST', 'applications', {}, { origin: 'https://evil.example' }), 403);
    await refused(await who.client.send('POST', 'applications', {}, { 'sec-fetch-site': 'cross-site' }), 403);
  });
});

describe('registration', () => {
  const nobody = new Client();
  const step1 = async (form) => nobody.send('POST', 'registration/unit', { ...form, ...(await nobody.captcha()) });
  before(() => nobody.session());

  test('names every empty field', async () => {
    const fields = Object.keys(unitForm('hospital', uscc())).filter((f) => f !== 'postcode');
    await refused(await step1({}), 422, fields);
  });
  test('refuses wrong check digits, phones, accounts and passwords', async () => {
    const bad = unitForm('hospital', '91350100M000100Y4Z', {
      account: '中文', legal_id_no: '11010519491231002Y', legal_phone: '12345678901', postcode: '12', password: 'short', password2: 'other',
    });
    await refused(await step1(bad), 422, ['uscc', 'account', 'legal_id_no', 'legal_phone', 'postcode', 'password']);
  });
  test('refuses a USCC and an account that exist', async () => {
    const { unit } = who;
    await refused(await step1({ ...unitForm('hospital', unit.uscc) }), 422, ['uscc']);
    await refused(await step1({ ...unitForm('hospital', uscc()), account: unit.account.toUpperCase() }), 422, ['account']);
  });
  test('tells nothing of who exists without a captcha, and each answer costs one', async () => {
    const solved = await nobody.captcha();
    const taken = unitForm('hospital', who.unit.uscc);
    const errors = async (sent) => (await (await nobody.send('POST', 'registration/unit', sent)).json()).errors.map(({ field }) => field);
    assert.deepEqual(await errors(taken), ['captcha']);
    assert.deepEqual(await errors({ ...taken, ...solved, captcha: 'zzzz' }), ['captcha']);
    assert.deepEqual(await errors({ ...taken, ...solved }), ['captcha']);
    const other = await nobody.captcha();
    assert.deepEqual(await errors({ ...taken, ...other }), ['uscc']);
    assert.deepEqual(await errors({ ...taken, ...other, uscc: uscc() }), ['captcha']);
  });
  test('a captcha works once', async () => {
    const solved = await nobody.captcha();
    const wrong = { ...solved, captcha: 'zzzz' };
    await refused(await nobody.send('POST', 'session/unit', { account: 'nobody', password: 'Whatever1', ...wrong }), 422, ['captcha']);
    await refused(await nobody.send('POST', 'session/unit', { account: 'nobody', password: 'Whatever1', ...solved }), 422, ['captcha']);
  });
  test('a wrong SMS code is refused, and the right one works once', async () => {
    const operator = operatorForm();
    const begun = await stepOne(nobody, unitForm('hospital', uscc()));
    const sms_code = await nobody.smsCode('register', operator.phone);
    const wrong = { ...begun, ...operator, sms_code: sms_code === '111111' ? '222222' : '111111' };
    await refused(await nobody.send('POST', 'registration', wrong, { 'idempotency-key': randomBytes(16).toString('hex') }), 422, ['sms_code']);
    await nobody.create('registration', { ...begun, ...operator, sms_code });
  });
});

test('unknown accounts and wrong passwords get the same answer', async () => {
  const answers = [];
  for (const account of [who.unit.account, 'no-such-account']) {
    const nobody = new Client();
    await nobody.session();
    const answer = await nobody.send('POST', 'session/unit', { account, password: 'Wrong2026x', ...(await nobody.captcha()) });
    const { request, ...problem } = await refused(answer, 401);
    answers.push(problem);
  }
  assert.deepEqual(answers[0], answers[1]);
});

describe('an application', () => {
  test('names what is missing at 提交, and stays a draft', async () => {
    const { number, version } = await who.client.create('applications', { business_type: 'auth', contact_name: '孙联' });
    await refused(await who.client.send('POST', `applications/${number}/submission`, { version }), 422, ['channel', 'app_source', 'contact_phone', 'application_letter', 'agreement']);
    assert.equal((await detail(who, number)).status, 'draft');
    await who.client.del(`applications/${number}`);
  });
  test('refuses fields that are not asked', async () => {
    const body = { business_type: 'mixed', channel: 'wechat', purchase_channels: ['self'] };
    const answer = await who.client.send('POST', 'applications', body, { 'idempotency-key': randomBytes(16).toString('hex') });
    await refused(answer, 422, ['channel', 'purchase_channels']);
  });
  test('refuses an upload of another slot, and one of a stranger', async () => {
    const report = await who.client.upload('test_report', `${SAMPLES}/测试报告.zip`);
    const letter = await stranger.client.upload('application_letter', `${SAMPLES}/申请函.pdf`);
    const body = { business_type: 'mixed', application_letter: letter, agreement: report };
    const answer = await who.client.send('POST', 'applications', body, { 'idempotency-key': randomBytes(16).toString('hex') });
    await refused(answer, 422, ['application_letter', 'agreement']);
  });
  test('a repeated POST gets the same answer and makes one application', async () => {
    const key = randomBytes(16).toString('hex');
    const before = (await who.client.get('applications')).total;
    const answers = await Promise.all([1, 2, 3, 4].map(() => who.client.send('POST', 'applications', { business_type: 'mixed' }, { 'idempotency-key': key })));
    const bodies = [];
    for (const answer of answers) if (answer.status === 201) bodies.push(await answer.json());
    assert.ok(bodies.length >= 1);
    const again = await who.client.post('applications', { business_type: 'mixed' }, 201, key);
    for (const body of bodies) assert.deepEqual(body, again);
    assert.equal((await who.client.get('applications')).total, before + 1);
    await who.client.del(`applications/${again.number}`);
  });
  test('without an Idempotency-Key is not made', async () => refused(await who.client.send('POST', 'applications', { business_type: 'mixed' }), 400));
  test('of someone else does not exist, to the byte', async () => {
    const { number } = await who.client.create('applications', { business_type: 'mixed' });
    const strip = async (answer) => (await answer.text()).replace(/"request": ?"[^"]*"/, '');
    const foreign = await stranger.client.send('GET', `applications/${number}`);
    const absent = await stranger.client.send('GET', `applications/${'0'.repeat(32)}`);
    assert.equal(foreign.status, 404);
    assert.equal(await strip(foreign), await strip(absent));
    for (const [method, path] of [['PUT', ''], ['DELETE', ''], ['POST', '/submission'], ['POST', '/discard']])
      await refused(await stranger.client.send(method, `applications/${number}${path}`, method === 'DELETE' ? undefined : { version: 1, ...(path === '/discard' && { reason: '不是我的' }) }), 404);
    await who.client.del(`applications/${number}`);
  });
  test('that is under review cannot be changed, deleted or filed again', async () => {
    const number = await submitted(who, 'hospital', 'mixed');
    const { version } = await detail(who, number);
    await refused(await who.client.send('PUT', `applications/${number}`, { business_type: 'mixed', version }), 409);
    await refused(await who.client.send('DELETE', `applications/${number}`), 409);
    await refused(await who.client.send('POST', `applications/${number}/submission`, { version }), 409);
    await refused(await who.client.send('PUT', `applications/${number}/acceptance`, { version }), 409);
    // a second one about the same thing
    const twin = await who.client.create('applications', await applicationForm(who, 'hospital', 'mixed'));
    await refused(await who.client.send('POST', `applications/${twin.number}/submission`, { version: twin.version }), 409);
    await who.client.del(`applications/${twin.number}`);
    await who.client.post(`applications/${number}/discard`, { version, reason: '测试结束' });
  });
  test('saved by two at once: the second is told', async () => {
    const { number, version } = await who.client.create('applications', { business_type: 'mixed' });
    await who.client.put(`applications/${number}`, { business_type: 'mixed', remark: '一', version });
    await refused(await who.client.send('PUT', `applications/${number}`, { business_type: 'mixed', remark: '二', version }), 409);
    await who.client.del(`applications/${number}`);
  });
});

describe('an officer', () => {
  test('of another bureau sees nothing and decides nothing', async () => {
    const number = await submitted(who, 'hospital', 'mixed');
    const chengdu = await officer('cd01');
    const { version } = await detail(who, number);
    await refused(await chengdu.send('GET', `applications/${number}`), 404);
    await refused(await chengdu.send('POST', `applications/${number}/decision`, { version, event: 'pass' }), 404);
    const province = await officer(OFFICERS.province);
    await refused(await province.send('POST', `applications/${number}/decision`, { version, event: 'pass' }), 409);
    await who.client.post(`applications/${number}/discard`, { version, reason: '测试结束' });
  });
});

describe('an upload', () => {
  const create = (slot, name, length, headers) =>
    who.client.tus('POST', 'uploads', undefined, { 'upload-length': String(length), 'upload-metadata': `slot ${b64(slot)},filename ${b64(name)}`, ...headers });

  test('over the limit is refused before a byte is sent', async () => {
    const problem = await refused(await create('application_letter', '申请函.pdf', 20 * PIECE + 1), 413);
    assert.match(problem.detail, /20M/);
    assert.equal((await create('application_letter', '申请函.pdf', 20 * PIECE)).status, 201);
    assert.equal((await create('plan', '申请方案.PDF', 30 * PIECE)).status, 201);
  });
  test('of another extension, of nothing, for no slot', async () => {
    await refused(await create('application_letter', '申请函.exe', 10), 422);
    await refused(await create('application_letter', '申请函.pdf', 0), 422);
    await refused(await create('no_slot', '申请函.pdf', 10), 422);
  });
  test('without Tus-Resumable', async () => {
    const answer = await create('application_letter', '申请函.pdf', 10, { 'tus-resumable': '0.2.2' });
    await refused(answer, 412);
    assert.equal(answer.headers.get('tus-version'), '1.0.0');
  });
  test('whose content is something else is refused with the reason', async () => {
    const answer = await who.client.upload('application_letter', `${SAMPLES}/应用首页截图.png`, '申请函.pdf');
    const problem = await refused(answer, 422);
    assert.match(JSON.stringify(problem), /PDF|pdf/);
  });
  test('at the wrong offset is refused and can go on', async () => {
    const made = await create('application_letter', '申请函.pdf', 100);
    const place = new URL(made.headers.get('location'), BASE).pathname;
    await refused(await who.client.tus('PATCH', place, Buffer.alloc(10), { 'upload-offset': '5' }), 409);
    const head = await who.client.tus('HEAD', place);
    assert.equal(head.headers.get('upload-offset'), '0');
    await refused(await stranger.client.tus('PATCH', place, Buffer.alloc(10), { 'upload-offset': '0' }), 404);
    assert.equal((await who.client.tus('DELETE', place)).status, 204);
    assert.ok([404, 410].includes((await who.client.tus('HEAD', place)).status));
  });
  test('is read by those who may, in ranges, and by nobody else', async () => {
    const key = await who.client.upload('application_letter', `${SAMPLES}/申请函.pdf`);
    const part = await who.client.send('GET', `uploads/${key}/content`, undefined, { range: 'bytes=0-3' });
    assert.equal(part.status, 206);
    assert.equal(await part.text(), '%PDF');
    assert.match(part.headers.get('content-security-policy'), /sandbox/);
    assert.equal(part.headers.get('x-content-type-options'), 'nosniff');
    const saved = await who.client.send('GET', `uploads/${key}/content?download=1`);
    assert.match(saved.headers.get('content-disposition'), /^attachment;.*filename\*=UTF-8''%E7%94%B3/);
    await refused(await stranger.client.send('GET', `uploads/${key}/content`), 404);
    assert.equal((await fetch(`${BASE}/_store/00/00/${'0'.repeat(64)}`)).status, 404);
  });
});

test('a unit without 资质认证 is asked to certify first', async () => {
  const { unit, operator } = await register('hospital', uscc());
  const unitClient = new Client();
  await unitClient.loginUnit(unit.account, unit.password);
  const [binding] = (await unitClient.get('operators')).items;
  await unitClient.put(`operators/${binding.id}/grants`, { business: ['mobile_payment'] });
  const client = new Client();
  await client.loginOperator(operator.phone, operator.password);
  const problem = await refused(await client.send('GET', 'applications'), 403);
  assert.match(problem.title, /资质认证/);
});
