// Two 安全管理员 at work: accounts made, changed, disabled and given new passwords, without SQL.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { SAMPLES, submitted } from './cases.mjs';
import { Client, REVIEW, sql } from './client.mjs';
import { confirmed, decide, everyDesk, hire, idCard, officer, phone, readyOperator, sentTo } from './people.mjs';
import { admin as shell } from './staff.mjs';

const NEW = 'Changed2026x';
const fresh = (more = {}) => ({
  account: `t${randomBytes(5).toString('hex')}`, name: '测试员', id_no: idCard(), phone: phone(), role: 'officer', bureau: '440100', reason: '新入职', ...more,
});
/** The password in the newest SMS to a phone. */
const sent = async (number, count = 1) => (await sentTo(number, count)).at(-1).match(/初始密码为 ([A-Za-z0-9]{12})，72 小时/)[1];

/** Signs in with a first password and changes it. */
async function enter(account, password) {
  const client = new Client(REVIEW);
  const session = await client.loginOfficer(account, password);
  assert.equal(session.must_change_password, true);
  await client.put('session/password', { old_password: password, password: NEW, password2: NEW }, 204);
  await client.session();
  return client;
}
const again = async (account) => {
  const client = new Client(REVIEW);
  return { client, session: await client.loginOfficer(account, NEW) };
};
const audited = (deed, account) => sql(`SELECT role, detail FROM audit WHERE deed = '${deed}' AND object = 'staff/${account}'`);

let admin;
let second;
before(async () => {
  admin = await officer('aq01');
  second = await officer('aq02');
});

/** A new account, asked for and confirmed: {id, password}. */
async function made(form) {
  await confirmed(admin.create('staff', form, 202), second);
  return { id: Number(sql(`SELECT id FROM staff WHERE account = '${form.account}'`)[0][0]), password: await sent(form.phone) };
}

describe('an account of the staff', () => {
  const form = fresh();
  let id;
  let password;
  let client;
  const row = async () => admin.get(`staff/${id}`);

  test('is made by two, its first password on the officer’s phone alone and changed at the first login', async () => {
    const asked = await admin.create('staff', form, 202);
    assert.deepEqual(Object.keys(asked), ['id']);
    assert.equal(sql(`SELECT id FROM staff WHERE account = '${form.account}'`).length, 0);
    const done = await second.send('POST', `staff-requests/${asked.id}/decision`, { verdict: 'confirm' });
    assert.deepEqual([done.status, await done.text()], [204, '']);
    id = Number(sql(`SELECT id FROM staff WHERE account = '${form.account}'`)[0][0]);
    password = await sent(form.phone);
    client = await enter(form.account, password);
    await client.get('queue');
    assert.equal(audited('staff.create', form.account).length, 1);
    assert.ok(!JSON.stringify(await row()).includes(password));
  });
  test('is refused when it exists, names no bureau, or its regions are not the bureau’s', async () => {
    const refused = async (more, field) => assert.equal((await admin.create('staff', { ...fresh(), ...more }, 422)).errors[0].field, field, JSON.stringify(more));
    await refused({ account: form.account }, 'account');
    await refused({ bureau: '999999' }, 'bureau');
    await refused({ scope: '510100' }, 'scope');
    await refused({ role: 'unit' }, 'role');
    await refused({ id_no: '110101199001011234' }, 'id_no');
    await refused({ phone: '1380000' }, 'phone');
    await refused({ reason: '' }, 'reason');
    await refused({ role: 'auditor', may_download: true }, 'may_download');
  });
  test('is found by what it begins with, its role, bureau and state', async () => {
    const found = async (query) => (await admin.get(`staff?${query}`)).items.some((item) => item.id === id);
    for (const query of [`search=${form.account.slice(0, 6)}`, `search=${form.account}&role=officer&region=440100&state=active`]) assert.ok(await found(query), query);
    for (const query of ['role=auditor', `search=${form.account}&region=510000`, `search=${form.account}&state=disabled`]) assert.ok(!(await found(query)), query);
  });
  test('that gets another role is out at once, and has only that role afterwards', async () => {
    const change = async (role) => confirmed(admin.put(`staff/${id}`, { name: '测试员', role, bureau: '440100', version: (await row()).version, reason: '调岗' }, 202), second);
    await change('auditor');
    await client.get('queue', 401);
    const { client: auditor, session } = await again(form.account);
    assert.equal(session.role, 'auditor');
    await auditor.get('queue', 403);
    assert.match(audited('staff.change', form.account)[0][1], /role=6/);
    await admin.put(`staff/${id}`, { name: '测试员', role: 'officer', bureau: '440100', version: 1, reason: '调岗' }, 409);
    await change('officer');
  });
  test('that is disabled is out on the next request of every worker, and may come back', async () => {
    ({ client } = await again(form.account));
    await admin.put(`staff/${id}/disabled`, {}, 422);
    await admin.put(`staff/${id}/disabled`, { reason: '已调离' }, 204);
    const answers = await Promise.all(Array.from({ length: 8 }, () => client.send('GET', 'queue')));
    assert.deepEqual([...new Set(answers.map((a) => a.status))], [401]);
    const out = new Client(REVIEW);
    await out.session();
    await out.post('session/officer', { account: form.account, password: NEW, ...(await out.captcha()) }, 401);
    assert.match(audited('staff.disable', form.account)[0][1], /已调离/);
    const { id: asked } = await admin.post(`staff/${id}/enabling`, { reason: '调回' }, 202);
    await out.post('session/officer', { account: form.account, password: NEW, ...(await out.captcha()) }, 401);
    await second.post(`staff-requests/${asked}/decision`, { verdict: 'confirm' }, 204);
    await again(form.account);
  });
  test('gets a new first password, on his phone alone, dead after 72 hours', async () => {
    ({ client } = await again(form.account));
    const asked = await admin.post(`staff/${id}/password`, { reason: '忘记密码' }, 202);
    await client.get('queue');
    await second.post(`staff-requests/${asked.id}/decision`, { verdict: 'confirm' }, 204);
    await client.get('queue', 401);
    const next = await sent(form.phone, 2);
    assert.notEqual(next, password);
    const [[until]] = sql(`SELECT password_until FROM staff WHERE id = ${id}`);
    assert.ok(Math.abs(until - Date.now() / 1000 - 72 * 3600) < 60);
    sql(`UPDATE staff SET password_until = 1 WHERE id = ${id}`);
    const late = new Client(REVIEW);
    await late.session();
    const gone = await late.post('session/officer', { account: form.account, password: next, ...(await late.captcha()) }, 403);
    assert.match(gone.detail, /初始密码已过期，请联系安全管理员/);
    sql(`UPDATE staff SET password_until = ${until} WHERE id = ${id}`);
    client = await enter(form.account, next);
    assert.equal(audited('staff.reset', form.account).length, 1);
  });
  test('nobody changes his own: not his role, nor anything else', async () => {
    const [[own]] = sql(`SELECT id FROM staff WHERE account = 'aq01'`);
    const { version } = await admin.get(`staff/${own}`);
    for (const [method, path, body] of [
      ['PUT', `staff/${own}`, { name: '我', role: 'sysadmin', bureau: '100000', version, reason: '测试' }],
      ['PUT', `staff/${own}/disabled`, { reason: '测试' }],
      ['POST', `staff/${own}/password`, { reason: '测试' }],
      ['POST', `staff/${own}/totp-removal`, { reason: '测试' }],
      ['POST', `staff/${own}/enabling`, { reason: '测试' }],
    ])
      assert.equal((await admin.call(method, path, body, 403)).code, 'FORBIDDEN');
    assert.equal((await admin.get('session')).role, 'secadmin');
  });
});

describe('what an officer may see and take', () => {
  let who;
  let number;
  let file;
  const people = {};
  before(async () => {
    who = await readyOperator('hospital', SAMPLES);
    number = await submitted(who, 'hospital', 'mixed');
    file = (await who.client.get(`applications/${number}`)).files.application_letter.id;
    for (const [name, more] of [['inside', { scope: '440103' }], ['outside', { scope: '440106' }], ['taker', { may_download: true }]]) {
      const form = fresh(more);
      people[name] = await enter(form.account, (await made(form)).password);
    }
  });
  const listed = async (client, view) => (await client.get(`queue?view=${view}&by=number&search=${number}`)).items.length === 1;

  test('ends at the regions he was given', async () => {
    for (const view of ['pending', 'all']) {
      assert.equal(await listed(people.inside, view), true, view);
      assert.equal(await listed(people.outside, view), false, view);
    }
    await people.inside.get(`applications/${number}`);
    const foreign = await people.outside.call('GET', `applications/${number}`, undefined, 404);
    const absent = await people.outside.call('GET', `applications/${'0'.repeat(32)}`, undefined, 404);
    assert.deepEqual({ ...foreign, request: '' }, { ...absent, request: '' });
    await people.outside.get(`uploads/${file}/content`, 404);
    assert.equal((await people.outside.get('queue?region=440103', 422)).errors[0].field, 'region');
  });
  test('is looked at in the page; only who was granted it takes a file along', async () => {
    const ask = (client, query, destination) =>
      client.send('GET', `uploads/${file}/content${query}`, undefined, destination ? { 'sec-fetch-dest': destination } : {});
    assert.equal((await ask(people.inside, '', 'iframe')).status, 200);
    for (const [query, destination] of [['', 'document'], ['', ''], ['?download=1', 'iframe']]) assert.equal((await ask(people.inside, query, destination)).status, 403, query + destination);
    assert.equal((await ask(people.taker, '?download=1', '')).status, 200);
    const refusals = sql(`SELECT id FROM audit WHERE deed = 'upload.deny' AND object = 'upload/${file}'`);
    assert.equal(refusals.length, 3);
  });
});

describe('nobody is left who could let anybody in', () => {
  const pair = [];
  let others = '';
  before(async () => {
    for (let i = 0; i < 2; i++) {
      const form = fresh({ role: 'secadmin', bureau: '100000' });
      const { id, password } = await made(form);
      pair.push({ id, account: form.account, client: await enter(form.account, password) });
    }
    others = sql(`SELECT id FROM staff WHERE role = (SELECT role FROM staff WHERE id = ${pair[0].id}) AND disabled = 0 AND id NOT IN (${pair.map((p) => p.id)})`).flat().join(',');
    sql(`UPDATE staff SET disabled = 1 WHERE id IN (${others})`);
  });
  after(() => {
    sql(`UPDATE staff SET disabled = 0 WHERE id IN (${others})`);
    sql(`UPDATE staff SET disabled = 1 WHERE id IN (${pair.map((p) => p.id)})`);
  });
  const standing = () => sql(`SELECT id FROM staff WHERE disabled = 0 AND id IN (${pair.map((p) => p.id)}) AND role = (SELECT role FROM staff WHERE account = 'aq01')`).length;
  const back = async () => {
    sql(`UPDATE staff SET disabled = 0, role = (SELECT role FROM staff s WHERE s.account = 'aq01') WHERE id IN (${pair.map((p) => p.id)})`);
    for (const each of pair) ({ client: each.client } = await again(each.account));
  };
  test('two 安全管理员 who disable one another at once: one stays', async () => {
    const [a, b] = pair;
    for (let round = 0; round < (process.env.LONG ? 20 : 2); round++) {
      const deed = (by, on) => by.client.send('PUT', `staff/${on.id}/disabled`, { reason: '测试' });
      const answers = (await Promise.all([deed(a, b), deed(b, a)])).map((answer) => answer.status);
      assert.ok(answers.filter((status) => status < 300).length === 1 && answers.every((status) => status < 500), String(answers));
      assert.equal(standing(), 1);
      await back();
    }
  });
  test('the last one is kept, by the shell too', async () => {
    const [a, b] = pair;
    await a.client.put(`staff/${b.id}/disabled`, { reason: '测试' }, 204);
    assert.throws(() => shell(['staff-disable', '--account', a.account]), /last secadmin/);
    assert.equal((await a.client.put(`staff/${a.id}/disabled`, { reason: '测试' }, 403)).code, 'FORBIDDEN');
    assert.equal(standing(), 1);
  });
});

describe('what gives power takes two (A-90)', () => {
  const waiting = async (client, id) => (await client.get('staff-requests?view=waiting')).items.find((item) => item.id === id);
  const settled = async (client, id) => (await client.get('staff-requests?view=settled')).items.find((item) => item.id === id);

  test('a request says what is wanted, beside what is; both administrators see it, phones masked', async () => {
    const form = fresh();
    const { id } = await admin.create('staff', form, 202);
    const before = (await second.get('staff-requests/count')).waiting;
    const seen = await waiting(second, id);
    assert.deepEqual([seen.kind, seen.own, seen.now, seen.wanted.role, seen.wanted.bureau], ['create', false, null, 'officer', '广州市医疗保障局']);
    assert.equal((await waiting(admin, id)).own, true);
    assert.ok(!JSON.stringify(seen).includes(form.phone) && !JSON.stringify(seen).includes(form.id_no));
    await second.post(`staff-requests/${id}/decision`, { verdict: 'refuse' }, 422);
    await second.post(`staff-requests/${id}/decision`, { verdict: 'refuse', note: '无此岗位' }, 204);
    assert.deepEqual([(await settled(admin, id)).state, (await settled(admin, id)).note], ['refused', '无此岗位']);
    assert.equal((await second.get('staff-requests/count')).waiting, before - 1);
    assert.equal(sql(`SELECT id FROM staff WHERE account = '${form.account}'`).length, 0);
    assert.match((await admin.get('messages')).items[0].text, /未获同意，原因：无此岗位/);
  });
  test('who asked confirms nothing of it, by no account of his; of two at once one counts', async () => {
    const form = fresh();
    const { id } = await admin.create('staff', form, 202);
    await admin.post(`staff-requests/${id}/decision`, { verdict: 'confirm' }, 403);
    const [[id_no]] = [[idCard()]];
    const one = hire('aq01', { role: 'secadmin', bureau: '110000', id_no });
    const alias = hire('aq01', { role: 'secadmin', bureau: '310000', id_no });
    const his = await officer(one);
    const asked = await his.create('staff', fresh(), 202);
    assert.match((await (await officer(alias)).post(`staff-requests/${asked.id}/decision`, { verdict: 'confirm' }, 403)).detail, /本人提出/);
    const answers = await Promise.all([second, his].map((client) => client.send('POST', `staff-requests/${id}/decision`, { verdict: 'confirm' })));
    assert.deepEqual(answers.map((a) => a.status).sort(), [204, 409]);
    assert.equal((await sentTo(form.phone)).length, 1);
  });
  test('whom it is about decides nothing, and a new account for oneself neither', async () => {
    const id_no = idCard();
    const account = hire('aq01', { role: 'secadmin', bureau: '110000', id_no });
    const subject = await officer(account);
    const [[own]] = sql(`SELECT id FROM staff WHERE account = '${account}'`);
    const { id } = await admin.post(`staff/${own}/password`, { reason: '忘记密码' }, 202);
    assert.match((await subject.post(`staff-requests/${id}/decision`, { verdict: 'confirm' }, 403)).detail, /关于本人/);
    await admin.post(`staff-requests/${id}/withdrawal`, undefined, 204);
    const asked = await admin.create('staff', fresh({ id_no, role: 'secadmin', bureau: '310000' }), 202);
    assert.match((await subject.post(`staff-requests/${asked.id}/decision`, { verdict: 'confirm' }, 403)).detail, /关于本人/);
  });
  test('who asked may withdraw, nobody else; what is over is over, and so is what waited a week', async () => {
    const form = fresh();
    const { id } = await admin.create('staff', form, 202);
    await admin.create('staff', { ...form, id_no: idCard() }, 409);
    await second.post(`staff-requests/${id}/withdrawal`, undefined, 404);
    await admin.post(`staff-requests/${id}/withdrawal`, undefined, 204);
    await second.post(`staff-requests/${id}/decision`, { verdict: 'confirm' }, 409);
    const next = await admin.create('staff', form, 202);
    sql(`UPDATE staff_request SET until = 1 WHERE id = ${next.id}`);
    assert.equal(await waiting(second, next.id), undefined);
    assert.equal((await settled(second, next.id)).state, 'lapsed');
    await second.post(`staff-requests/${next.id}/decision`, { verdict: 'confirm' }, 409);
    await admin.create('staff', form, 202);
  });
  test('a request of somebody who is no 安全管理员 any more is worth nothing', async () => {
    const account = hire('aq01', { role: 'secadmin', bureau: '120000' });
    const form = fresh();
    const { id } = await (await officer(account)).create('staff', form, 202);
    sql(`UPDATE staff SET disabled = 1 WHERE account = '${account}'`);
    assert.match((await second.post(`staff-requests/${id}/decision`, { verdict: 'confirm' }, 409)).detail, /不是在用的安全管理员/);
  });
  test('a person has one role, and one account in a bureau', async () => {
    const id_no = idCard();
    hire('gz01', { id_no });
    assert.match((await admin.create('staff', fresh({ id_no }), 409)).detail, /一人只能担任一种角色/);
    await admin.create('staff', fresh({ id_no, role: 'auditor', bureau: '440000' }), 409);
    await admin.create('staff', fresh({ id_no, bureau: '440000' }), 202);
  });
  test('the bureau is told, all of it; of a move both are', async () => {
    const gz = await officer('gz01');
    const gd = await officer('gd01');
    const inside = await officer(hire('gz01', { scope: '440106' }));
    const form = fresh();
    const { id } = await made(form);
    for (const client of [gz, inside]) assert.match((await client.get('messages')).items[0].text, new RegExp(`新增账号：账号 ${form.account}`));
    await confirmed(admin.put(`staff/${id}`, { name: '测试员', role: 'officer', bureau: '440000', version: 1, reason: '借调' }, 202), second);
    for (const client of [gz, gd]) assert.match((await client.get('messages')).items[0].text, new RegExp(`修改账号：账号 ${form.account}`));
  });
  test('a new phone gets the next password', async () => {
    const form = fresh();
    const { id } = await made(form);
    const other = phone();
    await confirmed(admin.put(`staff/${id}`, { name: '测试员', phone: other, role: 'officer', bureau: '440100', version: 1, reason: '换号' }, 202), second);
    await confirmed(admin.post(`staff/${id}/password`, { reason: '忘记密码' }, 202), second);
    await enter(form.account, await sent(other));
    assert.equal((await sentTo(form.phone)).length, 1);
  });
  test('one person decides one level of an application, whatever accounts he has', async () => {
    const who = await readyOperator('hospital', SAMPLES);
    const number = await submitted(who, 'hospital', 'mixed');
    const id_no = idCard();
    const local = await officer(hire('gz01', { id_no }));
    const province = await officer(hire('gd01', { id_no }));
    await decide(local, number, 'pass', '同意');
    const seen = await province.get(`applications/${number}`);
    const refused = await province.post(`applications/${number}/decision`, { version: seen.version, event: 'pass', remark: '同意' }, 403);
    assert.match(refused.detail, /一人不能审核同一申请单的两个层级/);
    await decide((await everyDesk()).province, number, 'pass', '同意');
  });
  test('a password he chose holds 90 days, and is to be changed then', async () => {
    const account = hire('gz01');
    sql(`UPDATE staff SET password_at = UNIX_TIMESTAMP() - 91 * 86400 WHERE account = '${account}'`);
    const old = process.env.OFFICER_PASSWORD ?? 'Shenhe-2026';
    const client = new Client(REVIEW);
    assert.equal((await client.loginOfficer(account, old)).must_change_password, true);
    assert.equal((await client.get('queue', 403)).code, 'PASSWORD_CHANGE');
    await client.put('session/password', { old_password: old, password: NEW, password2: NEW }, 204);
    await client.get('queue');
    assert.equal((await again(account)).session.must_change_password, false);
  });
});
