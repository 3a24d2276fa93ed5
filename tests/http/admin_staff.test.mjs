// The 安全管理员 at work: accounts made, changed, disabled and given new passwords, without SQL.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { SAMPLES, submitted } from './cases.mjs';
import { Client, REVIEW, sql } from './client.mjs';
import { officer, readyOperator } from './people.mjs';
import { admin as shell } from './staff.mjs';

const NEW = 'Changed2026x';
const fresh = (more = {}) => ({ account: `t${randomBytes(5).toString('hex')}`, name: '测试员', role: 'officer', bureau: '440100', ...more });

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
before(async () => {
  admin = await officer('aq01');
});

describe('an account of the staff', () => {
  const form = fresh();
  let id;
  let password;
  let client;
  const row = async () => admin.get(`staff/${id}`);

  test('is made, its first password shown once and changed at the first login', async () => {
    ({ id, password } = await admin.create('staff', form));
    assert.match(password, /^[A-Za-z0-9]{12}$/);
    client = await enter(form.account, password);
    await client.get('queue');
    assert.equal(audited('staff.create', form.account).length, 1);
    assert.ok(!JSON.stringify(await row()).includes(password));
  });
  test('is refused when it exists, names no bureau, or its regions are not the bureau’s', async () => {
    const refused = async (more, field) => assert.equal((await admin.create('staff', { ...fresh(), ...more }, 422)).errors[0].field, field);
    await refused({ account: form.account }, 'account');
    await refused({ bureau: '999999' }, 'bureau');
    await refused({ scope: '510100' }, 'scope');
    await refused({ role: 'unit' }, 'role');
    await refused({ role: 'auditor', may_download: true }, 'may_download');
  });
  test('is found by what it begins with, its role, bureau and state', async () => {
    const found = async (query) => (await admin.get(`staff?${query}`)).items.some((item) => item.id === id);
    for (const query of [`search=${form.account.slice(0, 6)}`, `search=${form.account}&role=officer&region=440100&state=active`]) assert.ok(await found(query), query);
    for (const query of ['role=auditor', `search=${form.account}&region=510000`, `search=${form.account}&state=disabled`]) assert.ok(!(await found(query)), query);
  });
  test('that gets another role is out at once, and has only that role afterwards', async () => {
    await admin.put(`staff/${id}`, { name: '测试员', role: 'auditor', bureau: '440100', version: (await row()).version });
    await client.get('queue', 401);
    const { client: auditor, session } = await again(form.account);
    assert.equal(session.role, 'auditor');
    await auditor.get('queue', 403);
    assert.match(audited('staff.change', form.account)[0][1], /role=6/);
    await admin.put(`staff/${id}`, { name: '测试员', role: 'officer', bureau: '440100', version: 1 }, 409);
    await admin.put(`staff/${id}`, { name: '测试员', role: 'officer', bureau: '440100', version: (await row()).version });
  });
  test('that is disabled is out on the next request of every worker, and may come back', async () => {
    ({ client } = await again(form.account));
    await admin.put(`staff/${id}/disabled`, { disabled: true }, 422);
    await admin.put(`staff/${id}/disabled`, { disabled: true, reason: '已调离' }, 204);
    const answers = await Promise.all(Array.from({ length: 8 }, () => client.send('GET', 'queue')));
    assert.deepEqual([...new Set(answers.map((a) => a.status))], [401]);
    const out = new Client(REVIEW);
    await out.session();
    await out.post('session/officer', { account: form.account, password: NEW, ...(await out.captcha()) }, 401);
    assert.match(audited('staff.disable', form.account)[0][1], /已调离/);
    await admin.put(`staff/${id}/disabled`, { disabled: false }, 204);
    await again(form.account);
  });
  test('gets a new first password, shown once', async () => {
    ({ client } = await again(form.account));
    const made = await admin.post(`staff/${id}/password`);
    assert.notEqual(made.password, password);
    await client.get('queue', 401);
    client = await enter(form.account, made.password);
    assert.equal(audited('staff.reset', form.account).length, 1);
  });
  test('nobody changes his own: not his role, nor anything else', async () => {
    const [[own]] = sql(`SELECT id FROM staff WHERE account = 'aq01'`);
    const { version } = await admin.get(`staff/${own}`);
    for (const [method, path, body] of [
      ['PUT', `staff/${own}`, { name: '我', role: 'sysadmin', bureau: '100000', version }],
      ['PUT', `staff/${own}/disabled`, { disabled: true, reason: '测试' }],
      ['POST', `staff/${own}/password`, undefined],
      ['DELETE', `staff/${own}/totp`, undefined],
    ])
      assert.equal((await admin.call(method, path, body, 403)).code, 'FORBIDDEN');
    assert.equal((await admin.get('session')).role, 'secadmin');
  });
});

describe('what an officer may see and take', () => {
  let who;
  let number;
  let file;
  const made = {};
  before(async () => {
    who = await readyOperator('hospital', SAMPLES);
    number = await submitted(who, 'hospital', 'mixed');
    file = (await who.client.get(`applications/${number}`)).files.application_letter.id;
    for (const [name, more] of [['inside', { scope: '440103' }], ['outside', { scope: '440106' }], ['taker', { may_download: true }]]) {
      const form = fresh(more);
      made[name] = await enter(form.account, (await admin.create('staff', form)).password);
    }
  });
  const listed = async (client, view) => (await client.get(`queue?view=${view}&by=number&search=${number}`)).items.length === 1;

  test('ends at the regions he was given', async () => {
    for (const view of ['pending', 'all']) {
      assert.equal(await listed(made.inside, view), true, view);
      assert.equal(await listed(made.outside, view), false, view);
    }
    await made.inside.get(`applications/${number}`);
    const foreign = await made.outside.call('GET', `applications/${number}`, undefined, 404);
    const absent = await made.outside.call('GET', `applications/${'0'.repeat(32)}`, undefined, 404);
    assert.deepEqual({ ...foreign, request: '' }, { ...absent, request: '' });
    await made.outside.get(`uploads/${file}/content`, 404);
    assert.equal((await made.outside.get('queue?region=440103', 422)).errors[0].field, 'region');
  });
  test('is looked at in the page; only who was granted it takes a file along', async () => {
    const ask = (client, query, destination) =>
      client.send('GET', `uploads/${file}/content${query}`, undefined, destination ? { 'sec-fetch-dest': destination } : {});
    assert.equal((await ask(made.inside, '', 'iframe')).status, 200);
    for (const [query, destination] of [['', 'document'], ['', ''], ['?download=1', 'iframe']]) assert.equal((await ask(made.inside, query, destination)).status, 403, query + destination);
    assert.equal((await ask(made.taker, '?download=1', '')).status, 200);
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
      const { id, password } = await admin.create('staff', form);
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
  test('two 安全管理员 who disable, or demote, one another at once: one stays', async () => {
    const [a, b] = pair;
    const version = (p) => Number(sql(`SELECT version FROM staff WHERE id = ${p.id}`)[0][0]);
    for (let round = 0; round < (process.env.LONG ? 20 : 2); round++) {
      const deed = (by, on) =>
        round % 2
          ? by.client.send('PUT', `staff/${on.id}/disabled`, { disabled: true, reason: '测试' })
          : by.client.send('PUT', `staff/${on.id}`, { name: '测试员', role: 'auditor', bureau: '100000', version: version(on) });
      const answers = (await Promise.all([deed(a, b), deed(b, a)])).map((answer) => answer.status);
      assert.ok(answers.filter((status) => status < 300).length === 1 && answers.every((status) => status < 500), String(answers));
      assert.equal(standing(), 1);
      await back();
    }
  });
  test('the last one is kept, by the shell too', async () => {
    const [a, b] = pair;
    await a.client.put(`staff/${b.id}/disabled`, { disabled: true, reason: '测试' }, 204);
    assert.throws(() => shell(['staff-disable', '--account', a.account]), /last secadmin/);
    assert.equal((await a.client.put(`staff/${a.id}/disabled`, { disabled: true, reason: '测试' }, 403)).code, 'FORBIDDEN');
    assert.equal(standing(), 1);
  });
});
