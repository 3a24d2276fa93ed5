// Officers' accounts: made, forced to change, with a dynamic code, disabled while at work (M-3).
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { before, describe, test } from 'node:test';
import { Client, REVIEW } from './client.mjs';
import { idCard, phone } from './people.mjs';
import { addStaff, admin, codeOf, enter } from './staff.mjs';

const PASSWORD = 'Bureau2026x';

describe('an officer', () => {
  const account = `test${randomBytes(4).toString('hex')}`;
  let client;
  let secret;

  before(() => {
    addStaff(account, PASSWORD, { phone: phone(), id_no: idCard(), must_change: true });
  });

  test('with a first password changes it before anything else', async () => {
    let session;
    ({ client, session } = await enter(account, PASSWORD));
    assert.equal(session.must_change_password, true);
    assert.equal((await client.get('queue', 403)).code, 'PASSWORD_CHANGE');
    await client.put('session/password', { old_password: PASSWORD, password: 'Changed2026x', password2: 'Changed2026x' }, 204);
    await client.get('queue');
  });

  test('sets an authenticator up: secret as text and as QR code, counted from its first code', async () => {
    const made = await client.post('session/totp-secret');
    secret = made.secret;
    assert.match(secret, /^[A-Z2-7]{32}$/);
    assert.match(made.qr.path, /^M4 4h1v1h-1z/);
    assert.match(made.uri, new RegExp(`^otpauth://totp/.*secret=${secret}`));
    assert.equal((await client.post('session/totp', { code: '000000' }, 422)).errors[0].field, 'code');
    const session = await client.post('session/totp', { code: codeOf(secret, -1) });
    assert.equal(session.user.totp, true);
    await client.post('session/totp-secret', {}, 409);
  });

  test('then gives a code at every login, each one once', async () => {
    const { client: first, session } = await enter(account, 'Changed2026x');
    assert.equal(session.second_factor, 'code');
    assert.equal((await first.get('queue', 403)).code, 'SECOND_FACTOR');
    const { client: second } = await enter(account, 'Changed2026x');
    const code = codeOf(secret);
    const answers = await Promise.all([first, second].map((each) => each.send('POST', 'session/totp', { code })));
    assert.deepEqual(answers.map((a) => a.status).sort(), [200, 422]);
    const winner = [first, second][answers.findIndex((a) => a.status === 200)];
    await winner.session();
    await winner.get('queue');
    const next = await (answers[0].status === 200 ? second : first).send('POST', 'session/totp', { code: codeOf(secret, 1) });
    assert.equal(next.status, 200);
    client = winner;
  });

  test('is out on the next request at every worker when disabled, and stays out', async () => {
    admin(['staff-disable', '--account', account]);
    // far more than there are workers, so that each of them is asked
    const answers = await Promise.all(Array.from({ length: 64 }, () => client.send('GET', 'queue')));
    assert.deepEqual([...new Set(answers.map((a) => a.status))], [401]);
    const again = new Client(REVIEW);
    await again.session();
    await again.post('session/officer', { account, password: 'Changed2026x', ...(await again.captcha()) }, 401);
    admin(['staff-enable', '--account', account]);
    await client.get('queue', 401);
    const { session } = await enter(account, 'Changed2026x');
    assert.equal(session.second_factor, 'code');
  });

  test('whose phone is lost begins anew', async () => {
    admin(['staff-totp-reset', '--account', account]);
    const { session } = await enter(account, 'Changed2026x');
    assert.equal(session.second_factor, null); // the demo installation asks only who has one
    assert.equal(session.user.totp, false);
  });

  test('who locked himself out is let in by the administrator', async () => {
    const one = new Client(REVIEW);
    await one.session();
    const attempt = async (password) => (await one.send('POST', 'session/officer', { account, password, ...(await one.captcha()) })).status;
    const seen = [];
    for (let i = 0; i < 5; i++) seen.push(await attempt('Wrong2026x'));
    assert.deepEqual(seen, [401, 401, 401, 401, 429]);
    assert.equal(await attempt('Changed2026x'), 429);
    admin(['staff-enable', '--account', account]);
    assert.equal(await attempt('Changed2026x'), 200);
  });

  test('nobody has is told to whoever runs the command', () => {
    assert.throws(() => admin(['staff-disable', '--account', 'nobody']), /no such account/);
  });
});
