// A worker dies in the middle of 注册, 权限, 重置密码: what was acknowledged is there, and nothing is there by halves.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { SAMPLES } from './cases.mjs';
import { Client, sleep, sql, until, VAR } from './client.mjs';
import { operatorForm, readyOperator, stepOne, unitForm, uscc } from './people.mjs';

const KILLS = process.env.LONG ? 40 : 2;
const pid = (name) => Number(readFileSync(`${VAR}/run/pid/${name}`, 'utf8').split(' ')[0]);
const workers = () => execFileSync('pgrep', ['-P', String(pid('public'))], { encoding: 'utf8' }).trim().split('\n').map(Number);
const number = (statement) => Number(sql(statement)[0][0]);

/** The answer to a request whose worker is killed some milliseconds after it was sent; null when none came. */
async function killed(send, ms) {
  const answered = send().catch(() => null);
  await sleep(ms);
  for (const worker of workers()) process.kill(worker, 'SIGKILL');
  const answer = await answered;
  await until(() => new Client().session().catch(() => null));
  return answer && answer.status < 500 ? answer.status : null;
}

let who;
before(async () => {
  who = await readyOperator('hospital', SAMPLES);
});

test('注册 is whole or not at all', async (t) => {
  const seen = { whole: 0, nothing: 0 };
  for (let i = 0; i < KILLS; i++) {
    const client = new Client();
    const unit = unitForm('hospital', uscc());
    const operator = operatorForm();
    await client.session();
    const begun = await stepOne(client, unit);
    const sms_code = await client.smsCode('register', operator.phone);
    const people = number('SELECT COUNT(*) FROM operator');
    const key = randomBytes(16).toString('hex');
    const status = await killed(() => client.send('POST', 'registration', { ...begun, ...operator, sms_code }, { 'idempotency-key': key }), randomInt(1, 130));
    const units = number(`SELECT COUNT(*) FROM unit WHERE uscc = '${unit.uscc}'`);
    const bound = number(`SELECT COUNT(*) FROM unit_operator b JOIN unit u ON u.id = b.unit_id WHERE u.uscc = '${unit.uscc}'`);
    const written = number(`SELECT COUNT(*) FROM audit a JOIN unit u ON a.object = CONCAT('unit/', u.id) WHERE a.deed = 'unit.register' AND u.uscc = '${unit.uscc}'`);
    assert.ok(units === 0 || units === 1);
    assert.deepEqual([bound, written, number('SELECT COUNT(*) FROM operator') - people], [units, units, units]);
    if (status === 201) assert.equal(units, 1, 'an acknowledged registration was lost');
    seen[units ? 'whole' : 'nothing']++;
    if (!units) continue;
    const again = await client.send('POST', 'registration', { ...begun, ...operator, sms_code }, { 'idempotency-key': key });
    assert.ok([201, 409].includes(again.status), String(again.status)); // the answer it had, or: already done
  }
  t.diagnostic(JSON.stringify(seen));
});

test('权限 is what was answered', async (t) => {
  const [binding] = (await who.unitClient.get('operators')).items;
  const seen = {};
  for (let i = 0; i < KILLS; i++) {
    const business = i % 2 ? ['mobile_payment'] : [];
    const status = await killed(() => who.unitClient.send('PUT', `operators/${binding.id}/grants`, { business }), randomInt(1, 12));
    const { grants } = (await who.unitClient.get('operators')).items[0];
    if (status === 200) assert.deepEqual(grants, business);
    seen[status] = (seen[status] ?? 0) + 1;
    await who.unitClient.put(`operators/${binding.id}/grants`, { business });
  }
  t.diagnostic(JSON.stringify(seen));
});

test('重置密码 changes the password and sends the SMS, or neither', async (t) => {
  const [binding] = (await who.unitClient.get('operators')).items;
  const changes = () => number(`SELECT o.password_seq FROM operator o JOIN unit_operator b ON b.operator_id = o.id WHERE b.id = ${binding.id}`);
  const sent = () => number("SELECT COUNT(*) FROM sms_message WHERE template = 'OPERATOR_RESET'");
  const before = { changes: changes(), sent: sent() };
  let acknowledged = 0;
  for (let i = 0; i < KILLS; i++) {
    sql('UPDATE sms_counted SET at = at - 86400');
    acknowledged += (await killed(() => who.unitClient.send('POST', `operators/${binding.id}/password`), randomInt(1, 130))) === 204;
  }
  assert.equal(changes() - before.changes, sent() - before.sent);
  assert.ok(changes() - before.changes >= acknowledged);
  t.diagnostic(`${acknowledged} answered, ${changes() - before.changes} done of ${KILLS}`);
});
