// Guessing passwords: whoever guesses is stopped, the owner is not; what was counted outlives Redis
// (M-2, A-17).
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { Client, Elsewhere, redis, solvedCaptchas, sql } from './client.mjs';
import { PASSWORD, register, unitForm, uscc } from './people.mjs';

/** An attempt of this client; its status and what it says, without what differs each time. */
async function attempt(client, account, password, solved) {
  if (!client.csrf) await client.session();
  const answer = await client.send('POST', 'session/unit', { account, password, ...solved });
  const body = await answer.json();
  if (answer.status === 200) client.csrf = body.csrf;
  delete body.request;
  return { status: answer.status, text: JSON.stringify(body) };
}

describe('an account under attack from everywhere', () => {
  let unit;
  let owner;
  let solved;
  const other = unitForm('hospital', uscc()).account; // nobody has it
  before(async () => {
    ({ unit } = await register('hospital', uscc()));
    owner = new Client();
    await owner.loginUnit(unit.account, PASSWORD);
    solved = solvedCaptchas(150);
  });
  const guess = (client, account = unit.account) => attempt(client, account, 'Wrong2026x', solved.pop());
  const enter = (client) => attempt(client, unit.account, PASSWORD, solved.pop());

  /** What so many addresses are told, five times each, all of them at once. */
  const attack = async (account, addresses) => {
    const told = await Promise.all(
      Array.from({ length: addresses }, async (_, i) => {
        const client = new Elsewhere(`127.0.7.${i + 1}`);
        const answers = [];
        for (let n = 0; n < 5; n++) answers.push(await guess(client, account));
        return answers;
      }),
    );
    return told.flat();
  };
  /** As if the others of the fifty had been there: the account whose count is this now. */
  const fill = (now) => sql(`UPDATE attempt SET used = 50 WHERE source = '' AND used = ${now} AND until > UNIX_TIMESTAMP() + 86300`);

  test('each address has five tries, all of them fifty; known and unknown account are told the same', async () => {
    const known = await attack(unit.account, 10);
    assert.deepEqual(known.map((a) => a.status), Array(10).fill([401, 401, 401, 401, 429]).flat());
    assert.match(known[4].text, /15 分钟/);
    const fresh = await guess(new Elsewhere('127.0.7.99'));
    assert.equal(fresh.status, 429);
    assert.match(fresh.text, /2[34] 小时.*找回密码/);
    assert.deepEqual(await attack(other, 1), known.slice(0, 5));
    fill(5);
    assert.deepEqual(await guess(new Elsewhere('127.0.7.99'), other), fresh);
  });

  test('the owner signs in where he has signed in before: by browser, wherever it is, or by address', async () => {
    const moved = new Elsewhere('127.0.8.1');
    moved.cookies = owner.cookies;
    assert.equal((await enter(moved)).status, 200);
    assert.equal((await enter(new Elsewhere('127.0.8.1'))).status, 200);
    assert.equal((await enter(new Elsewhere('127.0.0.1'))).status, 200);
    assert.equal((await enter(new Elsewhere('127.0.8.2'))).status, 429);
  });

  test('a Redis that forgot everything still lets no stranger try', async () => {
    redis('FLUSHALL');
    solved = solvedCaptchas(20);
    assert.equal((await guess(new Elsewhere('127.0.7.1'))).status, 429);
    assert.equal((await guess(new Elsewhere('127.0.7.99'))).status, 429);
    owner.csrf = '';
    assert.equal((await enter(owner)).status, 200);
  });

  test('after 找回密码 he is in, in a browser nobody knew, at an address of strangers', async () => {
    const fresh = new Elsewhere('127.0.7.1');
    await fresh.session();
    await fresh.post('password-reset', { account: unit.account, ...(await fresh.captcha()) });
    const sms_code = await fresh.smsCode('reset', unit.legal_phone);
    await fresh.put('password-reset', {
      unit_name: unit.name, uscc: unit.uscc, legal_name: unit.legal_name, legal_id_type: unit.legal_id_type,
      legal_id_no: unit.legal_id_no, verifier: 'legal', verifier_name: unit.legal_name, phone: unit.legal_phone,
      password: 'Fresh2026x', password2: 'Fresh2026x', sms_code,
    }, 204);
    solved = solvedCaptchas(20);
    await guess(new Elsewhere('127.0.7.98'));
    fill(1);
    await fresh.session();
    assert.equal((await attempt(fresh, unit.account, 'Fresh2026x', solved.pop())).status, 200);
    const old = new Client();
    old.cookies.set('jieru_device', owner.cookies.get('jieru_device')); // of somebody who knew the old password
    assert.equal((await attempt(old, unit.account, 'Fresh2026x', solved.pop())).status, 429);
  });

  test('one spelling of an account is as good as another, known or not, and é is not e', async () => {
    const { unit: known } = await register('hospital', uscc(), { account: `Letter.e${unit.account}` });
    const spellings = [(name) => name.toUpperCase(), (name) => name.toLowerCase(), (name) => name, (name) => name.replace('L', 'l'), (name) => name.replace('tt', 'TT')];
    const tried = async (name, address) => {
      const from = new Elsewhere(address);
      const answers = [];
      for (const spell of spellings) answers.push((await attempt(from, spell(name), 'Wrong2026x', solvedCaptchas(1)[0])).status);
      return answers;
    };
    assert.deepEqual(await tried(known.account, '127.0.7.120'), [401, 401, 401, 401, 429]);
    assert.deepEqual(await tried(`Letter.f${unit.account}`, '127.0.7.121'), [401, 401, 401, 401, 429]);
    for (const other of ['é', 'ｅ', 'e\u00ad', 'ế'])
      assert.equal((await attempt(new Elsewhere('127.0.7.122'), known.account.replace('.e', `.${other}`), PASSWORD, solvedCaptchas(1)[0])).status, other === 'e\u00ad' ? 422 : 401);
    assert.equal((await attempt(new Elsewhere('127.0.7.122'), known.account.toUpperCase(), PASSWORD, solvedCaptchas(1)[0])).status, 200);
    assert.equal((await attempt(new Elsewhere('127.0.7.123'), known.uscc.toLowerCase(), PASSWORD, solvedCaptchas(1)[0])).status, 200);
  });

  test('accounts, addresses and browsers are not readable in what is kept', () => {
    const kept = sql('SELECT subject, source FROM attempt').flat();
    assert.ok(kept.length > 10 && kept.every((each) => each === '' || /^[0-9a-f]{64}$/.test(each)));
    assert.ok(!sql('SELECT device FROM known_device').flat().includes(owner.cookies.get('jieru_device')));
  });
});
