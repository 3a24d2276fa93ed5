// Nobody is bound without consent: what a stranger's unit can do to an operator of another hospital.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { SAMPLES } from './cases.mjs';
import { Client, messages, sleep, sql, until } from './client.mjs';
import { asListed, certify, institutions, officer, OFFICERS, operatorForm, PASSWORD, phone, readyOperator, register, secretTo, uscc } from './people.mjs';

/** A unit anybody registered, not certified; its client, signed in. */
async function stranger(more) {
  const { unit } = await register('hospital', uscc(), more);
  const client = new Client();
  await client.loginUnit(unit.account, unit.password);
  return { unit, client };
}
const papers = (more) => {
  const { password, password2, ...person } = operatorForm(more);
  return person;
};
const invited = (client) => client.get('operator-invitations').then((answer) => answer.items);

describe("an operator of another hospital, whom a stranger's unit adds", () => {
  let who;
  let mean;
  let id; // of his binding to his own hospital
  before(async () => {
    who = await readyOperator('hospital', SAMPLES);
    [{ id }] = (await who.unitClient.get('operators')).items;
    mean = await stranger();
    await mean.client.create('operators', { phone: who.operator.phone });
  });

  test('is not bound, and nothing of him is shown but the phone that was typed', async () => {
    const list = JSON.stringify(await mean.client.get('operators'));
    assert.equal(JSON.parse(list).items.length, 1); // the one it registered with
    const [invitation, ...others] = await invited(mean.client);
    assert.equal(others.length, 0);
    assert.equal(invitation.phone, who.operator.phone);
    assert.doesNotMatch(JSON.stringify(invitation), /钱|440103/);
    assert.deepEqual(Object.keys(invitation).sort(), ['created_at', 'id', 'phone', 'secret_until', 'sent']);
  });

  test('keeps his sessions, his password and his rights', async () => {
    for (const [method, path, body] of [
      ['PUT', `operators/${id}/grants`, { business: ['mobile_payment'] }],
      ['POST', `operators/${id}/password`],
      ['POST', `operators/${id}/password-request`],
      ['DELETE', `operators/${id}`],
    ])
      assert.equal((await mean.client.send(method, path, body)).status, 404, `${method} ${path}`);
    assert.equal((await who.client.get('session')).kind, 'operator');
    await who.client.get('applications');
    assert.equal((await new Client().loginOperator(who.operator.phone, PASSWORD)).kind, 'operator');
  });

  test('reads of it when he is signed in, and may refuse', async () => {
    const session = await who.client.get('session');
    assert.equal(session.invitations, 1);
    const { items } = await who.client.get('session/invitations');
    assert.deepEqual([items[0].unit, items[0].certification], [mean.unit.name, 'none']);
    assert.equal((await who.client.get('session/units')).items.length, 1);
    await who.client.post(`session/invitations/${items[0].id}/refusal`, undefined, 204);
    await who.client.post(`session/invitations/${items[0].id}/acceptance`, undefined, 404);
    assert.equal((await who.client.get('session')).invitations, 0);
    assert.equal((await invited(mean.client)).length, 0);
  });

  test('is sent no SMS before the unit is certified', async () => {
    await sleep(500);
    assert.ok(messages(who.operator.phone).every((text) => !text.includes(mean.unit.name) && !text.includes('邀请')));
  });
});

describe('a phone and whom it belongs to', () => {
  test('whether it has an account is told to no unit', async () => {
    const known = await readyOperator('hospital', SAMPLES);
    const { client } = await stranger();
    const shape = async (body) => {
      const answer = await client.send('POST', 'operators', body, { 'idempotency-key': crypto.randomUUID().replaceAll('-', '') });
      const { id, request, ...rest } = await answer.json();
      return { status: answer.status, rest };
    };
    for (const more of [{}, papers()]) {
      const [a, b] = [await shape({ ...more, phone: known.operator.phone }), await shape({ ...more, phone: phone() })];
      if (a.status === 409) a.status = 201; // asked twice
      assert.equal(a.status, b.status);
    }
    assert.deepEqual(await shape({ phone: known.operator.phone, name: '只有姓名' }), await shape({ phone: phone(), name: '只有姓名' }));
    const rows = (await invited(client)).map(({ id, phone, created_at, secret_until, ...rest }) => rest);
    for (const row of rows) assert.deepEqual(row, rows[0]);
    await client.send('POST', 'operators/lookup', { phone: known.operator.phone }).then((answer) => assert.equal(answer.status, 404));
  });

  test('under a false name it is held by nobody: who proves it has it, under his own', async () => {
    const { client } = await stranger();
    const own = operatorForm({ name: '周本人' });
    await client.create('operators', papers({ phone: own.phone, name: '冒名者' }));
    const { unit } = await register('hospital', uscc(), {}, own);
    const person = await new Client().loginOperator(own.phone, PASSWORD);
    assert.equal(person.user.name, '周本人');
    assert.equal(person.unit.name, unit.name);
    assert.equal(person.invitations, 1); // of the stranger, still to be answered
  });

  test('a unit that tries a hundred phones is stopped, and so is a network', async () => {
    const { client } = await stranger();
    await client.create('operators', { phone: phone() });
    const newest = () => sql('SELECT MAX(until) FROM attempt')[0][0];
    sql(`UPDATE attempt SET used = 100 WHERE until = ${newest()}`);
    const answer = await client.send('POST', 'operators', { phone: phone() }, { 'idempotency-key': crypto.randomUUID().replaceAll('-', '') });
    assert.equal(answer.status, 429);
    sql('DELETE FROM attempt');
  });
});

describe('of a certified unit', () => {
  let who;
  before(async () => (who = await readyOperator('hospital', SAMPLES)));

  test('a new phone: a password by SMS, changed at the first login, which accepts', async () => {
    const person = papers({ name: '吴新人' });
    await who.unitClient.create('operators', person);
    await until(() => messages(person.phone).length);
    const [text] = messages(person.phone);
    assert.ok(text.startsWith(who.institution.name), text);
    assert.equal((await who.unitClient.get('operators')).items.length, 1);
    const client = new Client();
    const session = await client.loginOperator(person.phone, secretTo(person.phone));
    assert.deepEqual([session.must_change_password, session.user.name, session.unit.name], [true, '吴新人', who.unit.name]);
    await client.get('messages', 403);
    await client.put('session/password', { old_password: secretTo(person.phone), password: PASSWORD, password2: PASSWORD }, 204);
    await client.get('messages');
    assert.equal((await who.unitClient.get('operators')).items.length, 2);
    assert.equal((await invited(who.unitClient)).length, 0);
  });

  test('a known one accepts signed in; only then he can be granted anything', async () => {
    const other = await readyOperator('pharmacy', SAMPLES);
    await who.unitClient.create('operators', { phone: other.operator.phone });
    await until(() => messages(other.operator.phone).some((text) => text.includes(`${who.institution.name}邀请您`)));
    assert.ok((await who.unitClient.get('operators')).items.every((each) => !each.phone.endsWith(other.operator.phone.slice(-4))));
    const [invitation] = (await other.client.get('session/invitations')).items;
    await who.client.post(`session/invitations/${invitation.id}/acceptance`, undefined, 404); // somebody else's
    await other.client.post(`session/invitations/${invitation.id}/acceptance`, undefined, 204);
    assert.equal((await other.client.get('session/units')).items.length, 2);
    const binding = (await who.unitClient.get('operators')).items.find((each) => each.phone.endsWith(other.operator.phone.slice(-4)));
    assert.equal(binding.alone, false);
    await who.unitClient.put(`operators/${binding.id}/grants`, { business: ['e_prescription'] });
    // not his only unit: it may ask, not reset
    await who.unitClient.post(`operators/${binding.id}/password`, undefined, 409);
    await who.unitClient.post(`operators/${binding.id}/password-request`, undefined, 204);
    await until(() => messages(other.operator.phone).some((text) => text.includes('重设登录密码')));
    assert.equal((await other.client.get('session')).kind, 'operator');
  });

  test('or by the code of the SMS, which is of use to nobody else', async () => {
    const other = await readyOperator('pharmacy', SAMPLES);
    await who.unitClient.create('operators', { phone: other.operator.phone });
    const code = await until(() => secretTo(other.operator.phone));
    const visitor = new Client();
    await visitor.session();
    const look = async (to, typed, status) => visitor.post('invitations', { phone: to, code: typed, ...(await visitor.captcha()) }, status);
    await look(phone(), code, 422);
    await look(other.operator.phone, 'aaaaaaaaaaa2', 422);
    const seen = await look(other.operator.phone, code);
    assert.deepEqual([seen.unit, seen.uscc, seen.certification, seen.account], [who.unit.name, who.unit.uscc, 'passed', true]);
    await visitor.post('invitations/acceptance', { phone: other.operator.phone, code: 'aaaaaaaaaaa2' }, 422);
    await visitor.post('invitations/acceptance', { phone: other.operator.phone, code }, 204);
    await visitor.post('invitations/acceptance', { phone: other.operator.phone, code }, 422);
    assert.equal((await visitor.session()).kind, 'none');
    assert.equal((await other.client.get('session/units')).items.length, 2);
  });

  test('a new phone without papers: he gives his own with the code', async () => {
    const to = phone();
    await who.unitClient.create('operators', { phone: to });
    const code = await until(() => secretTo(to));
    const visitor = new Client();
    await visitor.session();
    assert.equal((await visitor.post('invitations', { phone: to, code, ...(await visitor.captcha()) })).account, false);
    const wanting = await visitor.post('invitations/acceptance', { phone: to, code }, 422);
    assert.deepEqual(wanting.errors.map((each) => each.field).sort(), ['id_end', 'id_no', 'id_start', 'id_type', 'name', 'password', 'password2']);
    const { phone: _, ...own } = operatorForm({ name: '郑自填' });
    await visitor.post('invitations/acceptance', { phone: to, code, ...own }, 204);
    const session = await new Client().loginOperator(to, PASSWORD);
    assert.deepEqual([session.user.name, session.unit.name, session.must_change_password], ['郑自填', who.unit.name, false]);
  });

  test('sent again, the older secret is dead; withdrawn, all of it is', async () => {
    const person = papers();
    const { id } = await who.unitClient.create('operators', person);
    const first = await until(() => secretTo(person.phone));
    await who.unitClient.post(`operator-invitations/${id}/sms`, undefined, 204);
    await until(() => messages(person.phone).length === 2);
    const client = new Client();
    await client.session();
    const login = async (password) => (await client.send('POST', 'session/operator', { phone: person.phone, password, ...(await client.captcha()) })).status;
    assert.equal(await login(first), 401);
    await who.unitClient.del(`operator-invitations/${id}`);
    assert.equal(await login(secretTo(person.phone)), 401);
    await who.unitClient.del(`operator-invitations/${id}`, 404);
  });

  test('a password of yesterday says so', async () => {
    const person = papers();
    const { id } = await who.unitClient.create('operators', person);
    const secret = await until(() => secretTo(person.phone));
    sql(`UPDATE operator_invitation SET secret_until = secret_until - 86400 WHERE id = ${id}`);
    const client = new Client();
    await client.session();
    const answer = await client.call('POST', 'session/operator', { phone: person.phone, password: secret, ...(await client.captcha()) }, 403);
    assert.equal(answer.code, 'PASSWORD_EXPIRED');
  });
});

test('invited before certification, he gets his SMS when the unit is certified', async () => {
  const [institution] = institutions('hospital');
  const { unit } = await register('hospital', institution.uscc, asListed(institution));
  const client = new Client();
  await client.loginUnit(unit.account, unit.password);
  const person = papers();
  const { id } = await client.create('operators', person);
  assert.equal((await invited(client))[0].sent, false);
  await client.post(`operator-invitations/${id}/sms`, undefined, 403);
  await sleep(500);
  assert.equal(messages(person.phone).length, 0);
  assert.equal((await certify(client, unit)).certification, 'passed');
  await until(() => messages(person.phone).length === 1);
  assert.equal((await invited(client))[0].sent, true);
  assert.equal((await new Client().loginOperator(person.phone, secretTo(person.phone))).unit.name, unit.name);
});

test('likewise when a bureau confirms it; a unit the catalogue lacks is not named', async () => {
  const { unit, client } = await stranger();
  const person = papers();
  await client.create('operators', person);
  assert.equal((await certify(client, unit)).certification, 'manual');
  const local = await officer(OFFICERS.local);
  const { id } = (await local.get('certifications')).items.find((row) => row.uscc === unit.uscc);
  const { version } = await local.get(`certifications/${id}`);
  assert.equal(messages(person.phone).length, 0);
  await local.post(`certifications/${id}/decision`, { event: 'pass', until: '2030-12-31', version });
  await until(() => messages(person.phone).length === 1);
  assert.match(messages(person.phone)[0], /^有单位邀请您担任经办人/);
  assert.equal((await new Client().loginOperator(person.phone, secretTo(person.phone))).user.name, person.name);
});

test('a unit resets whom it alone has, and his sessions end', async () => {
  const who = await readyOperator('hospital', SAMPLES);
  const [binding] = (await who.unitClient.get('operators')).items;
  assert.equal(binding.alone, true);
  await who.unitClient.post(`operators/${binding.id}/password`, undefined, 204);
  await who.client.get('applications', 401);
  await until(() => messages(who.operator.phone).some((text) => text.includes('新密码')));
});
