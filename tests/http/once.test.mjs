// One creating POST sent many times at once with the same Idempotency-Key: one effect, and for all of
// them the same answer, whatever it is.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { before, test } from 'node:test';
import { SAMPLES } from './cases.mjs';
import { Client, messages, redis, sql, until } from './client.mjs';
import { operatorForm, readyOperator, stepOne, unitForm, uscc } from './people.mjs';

const COPIES = 50;
const count = (statement) => Number(sql(`SELECT COUNT(*) FROM ${statement}`)[0][0]);

/** The one answer of all copies: its status and body (without the request's number). */
async function copies(client, path, body, many = COPIES) {
  const key = { 'idempotency-key': randomBytes(16).toString('hex') };
  const answers = await Promise.all(
    Array.from({ length: many }, async () => {
      const answer = await client.send('POST', path, body, key);
      const { request, ...said } = await answer.json();
      return JSON.stringify({ status: answer.status, type: answer.headers.get('content-type'), said });
    }),
  );
  assert.equal(new Set(answers).size, 1, [...new Set(answers)].join('\n'));
  return JSON.parse(answers[0]);
}

let who;
before(async () => {
  who = await readyOperator('hospital', SAMPLES);
});

/** Behind step 1 of 单位注册, a code on its way. */
async function registering() {
  const client = new Client();
  const unit = unitForm('hospital', uscc());
  await client.session();
  const operator = { ...operatorForm(), ...(await stepOne(client, unit)) };
  return { client, unit, operator, code: await client.smsCode('register', operator.phone) };
}

test('单位注册: its code is used by the first, and all copies are told of the one unit', async () => {
  const { client, unit, operator, code } = await registering();
  const { status, said } = await copies(client, 'registration', { ...operator, sms_code: code });
  assert.equal(status, 201);
  assert.deepEqual(said, { account: unit.account, operator_known: false });
  assert.equal(count(`unit WHERE account = '${unit.account}'`), 1);
  assert.equal(count(`unit_operator b JOIN unit u ON u.id = b.unit_id WHERE u.account = '${unit.account}'`), 1);
});

test('a refusal is the same for all of them, and is one try at the code', async () => {
  const { client, operator, code } = await registering();
  const wrong = { ...operator, sms_code: String((Number(code) + 1) % 1e6).padStart(6, '0') };
  const { status, type, said } = await copies(client, 'registration', wrong);
  assert.equal(status, 422);
  assert.equal(type, 'application/problem+json');
  assert.equal(said.errors[0].field, 'sms_code');
  await client.create('registration', { ...operator, sms_code: code }); // of five tries there are some left
});

test('新增经办人: one invitation, one SMS with one password', async () => {
  const { password, password2, ...person } = operatorForm();
  const { status } = await copies(who.unitClient, 'operators', person, 25);
  assert.equal(status, 201);
  assert.equal((await who.unitClient.get('operator-invitations')).items.length, 1);
  await until(() => messages(person.phone).length);
  assert.equal(messages(person.phone).length, 1);
});

test('新建申请单: one draft', async () => {
  const { status, said } = await copies(who.client, 'applications', { business_type: 'mixed', remark: '五十次' });
  assert.equal(status, 201);
  assert.deepEqual((await who.client.get('applications')).items.map((item) => item.number), [said.number]);
});

test('nobody is left waiting: no turn is kept', () => {
  assert.equal(redis('--scan', '--pattern', 'once_turn:*'), '');
});
