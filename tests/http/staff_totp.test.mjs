// Where dynamic codes are required, an officer's first login draws the QR code and nothing else is
// open before its first code (M-3, PORTAL_STAFF_TOTP).
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import { redis, sql } from './client.mjs';
import { idCard, OFFICERS, phone } from './people.mjs';
import { addStaff, codeOf, enter } from './staff.mjs';

const FIRST = 'Bureau2026x';
const OWN = 'Changed2026x';
const account = `totp${randomBytes(4).toString('hex')}`;

const restart = (JIERU_STAFF_TOTP) =>
  execFileSync('deploy/up', ['--no-build', ...process.env.UP_ARGS.split(' ')], { stdio: 'ignore', env: { ...process.env, JIERU_STAFF_TOTP } });
before(() => {
  addStaff(account, FIRST, { phone: phone(), id_no: idCard(), must_change: true });
  restart('required');
});
after(() => {
  sql('DELETE FROM attempt');
  restart('');
});

test('the first login: QR code, its first code, then a password of his own, then work', async () => {
  const { client, session } = await enter(account, FIRST);
  assert.equal(session.second_factor, 'enrol');
  const password = { old_password: FIRST, password: OWN, password2: OWN };
  for (const [method, path, body] of [['GET', 'queue'], ['GET', 'messages'], ['GET', 'sessions'], ['PUT', 'session/password', password]])
    assert.equal((await client.call(method, path, body, 403)).code, 'SECOND_FACTOR', path);

  const made = await client.post('session/totp-secret');
  assert.match(made.uri, new RegExp(`^otpauth://totp/.*${account}.*secret=${made.secret}`));
  assert.ok(made.qr.size >= 21 && made.qr.path.length > 500);
  assert.equal((await client.get('queue', 403)).code, 'SECOND_FACTOR');
  const before = client.cookies.get('jieru_review');
  await client.post('session/totp', { code: codeOf(made.secret) });
  assert.notEqual(client.cookies.get('jieru_review'), before);

  assert.equal((await client.get('queue', 403)).code, 'PASSWORD_CHANGE');
  await client.put('session/password', password, 204);
  await client.get('queue');

  const again = await enter(account, OWN);
  assert.equal(again.session.second_factor, 'code');
  await again.client.post('session/totp-secret', {}, 409);
  await again.client.post('session/totp', { code: codeOf(made.secret, 1) });
  await again.client.get('queue');
});

test('who came in before codes were required sets one up at the next login', async () => {
  const { client, session } = await enter(OFFICERS.local, process.env.OFFICER_PASSWORD ?? 'Shenhe-2026');
  assert.equal(session.second_factor, 'enrol');
  assert.equal((await client.get('queue', 403)).code, 'SECOND_FACTOR');
});

test('five wrong codes end the session and lock, and a Redis that forgot lets nobody try again', async () => {
  const { client } = await enter(OFFICERS.local, process.env.OFFICER_PASSWORD ?? 'Shenhe-2026');
  await client.post('session/totp-secret');
  for (let i = 0; i < 5; i++) await client.post('session/totp', { code: '000000' }, 422);
  const locked = await client.post('session/totp', { code: '000000' }, 429);
  assert.match(locked.detail, /15 分钟/);
  assert.equal((await client.session()).kind, 'none');
  redis('FLUSHALL');
  const { client: again } = await enter(OFFICERS.local, process.env.OFFICER_PASSWORD ?? 'Shenhe-2026');
  await again.post('session/totp-secret');
  assert.match((await again.post('session/totp', { code: '000000' }, 429)).detail, /1[45] 分钟/);
});
