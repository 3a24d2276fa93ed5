// Doors that do not jam: what strangers may do without signing in takes nothing from those who work.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { describe, test } from 'node:test';
import { b64, BASE, Client, effort, Elsewhere, redis, sql, until, VAR } from './client.mjs';
import { institutions, OFFICERS, officer, operatorForm, PASSWORD, phone, register, stepOne, unitForm, uscc } from './people.mjs';

const keys = () => Number(redis('DBSIZE'));
const memory = () => Number(redis('INFO', 'memory').match(/used_memory_dataset:(\d+)/)[1]);

/** Calls `deed` so many times, at most `width` at once. */
async function crowd(count, width, deed) {
  let next = 0;
  await Promise.all(Array.from({ length: width }, async () => {
    while (next < count) await deed(next++);
  }));
}

describe('a visitor who has not signed in', () => {
  test('leaves nothing in Redis, however often he asks who he is', async () => {
    const before = { keys: keys(), memory: memory() };
    await crowd(10000, 20, async () => {
      const answer = await fetch(`${BASE}/api/v1/session`);
      assert.equal(answer.status, 200);
      assert.match(answer.headers.get('set-cookie'), /HttpOnly/);
      await answer.arrayBuffer();
    });
    assert.ok(keys() - before.keys < 20, `${keys() - before.keys} keys`);
    assert.ok(memory() - before.memory < 256 * 1024, `${memory() - before.memory} bytes`);
  });
});

/** Somebody at an address of his own, with all that 单位注册 asks for in hand, his code included. */
async function aboutToRegister(address) {
  const client = new Elsewhere(address);
  await client.session();
  const unit = unitForm('hospital', uscc());
  const operator = operatorForm();
  const begun = await stepOne(client, unit);
  const sms_code = await client.smsCode('register', operator.phone);
  const key = randomBytes(16).toString('hex');
  return { unit, send: () => client.sendOnce('POST', 'registration', { ...begun, ...operator, sms_code }, { 'idempotency-key': key }) };
}

/** It says that it is busy, and when to come again. */
async function busy(answer) {
  assert.equal(answer.status, 503, await answer.clone().text());
  assert.ok(Number(answer.headers.get('retry-after')) > 0);
  const problem = await answer.json();
  assert.equal(problem.code, 'BUSY');
  assert.match(problem.title, /稍后再试/);
}

describe('a crowd', () => {
  test('that registers takes no page from anybody else, nobody of it loses his code, and officers sign in', async (t) => {
    const crowd = []; // 8 addresses, 8 registrations each
    for (let i = 0; i < 64; i++) crowd.push(await aboutToRegister(`127.0.9.${1 + (i % 8)}`));
    const who = await register('hospital', uscc());
    const seen = { pages: 0, officers: 0, units: 0, busy: 0 };
    let over = false;
    const sent = Promise.all(crowd.map(({ send }) => send())).finally(() => (over = true));
    const others = (async () => {
      do {
        for (const path of ['session', 'announcements', 'regions', 'dictionaries']) {
          assert.equal((await new Client().send('GET', path)).status, 200);
          seen.pages++;
        }
        await officer(OFFICERS.local);
        seen.officers++;
        await new Client().loginUnit(who.unit.account, PASSWORD);
        seen.units++;
      } while (!over);
    })();
    const answers = await sent;
    await others;
    let left = crowd.map((one, i) => [one, answers[i]]).filter(([, { status }]) => status !== 201);
    seen.busy = left.length;
    for (const [, answer] of left) await busy(answer);
    for (let round = 0; left.length && round < 300; round++) {
      const [[one]] = left; // as somebody who comes again
      if ((await one.send()).status === 201) left.shift();
    }
    t.diagnostic(JSON.stringify(seen));
    assert.equal(left.length, 0);
    for (const { unit } of crowd) assert.equal(sql(`SELECT COUNT(*) FROM unit WHERE uscc = '${unit.uscc}'`)[0][0], '1');
    assert.ok(seen.pages && seen.officers && seen.units);
  });

  test('at the public site leaves the slots of the other: who finds none is told when to come again', async () => {
    const { unit } = await register('hospital', uscc());
    const slots = [0, 1].map((n) => spawn('flock', ['-F', `${VAR}/run/password.public.${n}.lock`, 'sh', '-c', 'echo; exec sleep 60']));
    await Promise.all(slots.map((slot) => once(slot.stdout, 'data')));
    try {
      const client = new Client();
      await client.session();
      const typed = { account: unit.account, password: PASSWORD, ...(await client.captcha()) };
      for (let i = 0; i < 8; i++) await busy(await client.sendOnce('POST', 'session/unit', typed)); // with one captcha
      await officer(OFFICERS.local);
    } finally {
      for (const slot of slots) slot.kill();
      await Promise.all(slots.map((slot) => once(slot, 'exit')));
    }
    await new Client().loginUnit(unit.account, PASSWORD); // of eight tries none was counted against him
  });
});

test('a unit that is not certified uploads no more than its licence a few times over', async () => {
  const [institution] = institutions('hospital');
  const { unit } = await register('hospital', institution.uscc);
  const client = new Client();
  await client.loginUnit(unit.account, PASSWORD);
  const begin = () => client.tus('POST', 'uploads', undefined, { 'upload-length': String(20 << 20), 'upload-metadata': `slot ${b64('business_licence')},filename ${b64('a.jpg')}` });
  for (let i = 0; i < 5; i++) assert.equal((await begin()).status, 201);
  const answer = await begin();
  assert.equal(answer.status, 429);
  assert.match((await answer.json()).detail, /认证前每天最多上传 100M/);
  sql(`UPDATE unit SET certification = 1 WHERE account = '${unit.account}'`);
  assert.equal((await begin()).status, 201);
});

test('an SMS costs some work, for each captcha anew, and a captcha without it stays good', async () => {
  const client = new Client();
  await client.session();
  const solved = await client.captcha();
  const ask = (more) => client.send('POST', 'sms-codes', { purpose: 'register', phone: phone(), ...solved, ...more });
  const done = effort(solved.captcha_id);
  for (const wrong of ['', 'x', '0'.repeat(17), String(Number(done) + 1), effort((await client.captcha()).captcha_id)].filter((each) => each !== done)) {
    const answer = await ask({ effort: wrong });
    assert.equal(answer.status, 422, wrong);
  }
  assert.equal((await ask({ effort: done })).status, 202);
});

describe('a job', () => {
  const pidOf = (service) => Number(readFileSync(`${VAR}/run/pid/${service}`, 'utf8').split(' ')[0]);

  test('that takes its time keeps no SMS waiting', async () => {
    process.kill(pidOf('jobs'), 'SIGSTOP');
    try {
      const client = new Client();
      await client.session();
      assert.match(await client.smsCode('register', phone()), /^\d{6}$/);
    } finally {
      process.kill(pidOf('jobs'), 'SIGCONT');
    }
  });

  test('refuses a table that unfolds to a thousand times its size', async () => {
    const folder = mkdtempSync(`${tmpdir()}/bomb-`);
    mkdirSync(`${folder}/xl/worksheets`, { recursive: true });
    writeFileSync(`${folder}/xl/worksheets/sheet1.xml`, '<worksheet><sheetData><row><c t="s"><v>0</v></c></row></sheetData></worksheet>');
    writeFileSync(`${folder}/xl/sharedStrings.xml`, `<sst><si><t>${'x'.repeat(96 << 20)}</t></si></sst>`);
    execFileSync('zip', ['-9qr', 'bomb.xlsx', 'xl'], { cwd: folder });
    const bytes = readFileSync(`${folder}/bomb.xlsx`);
    assert.ok(bytes.length < 600 << 10, `${bytes.length} bytes`);
    const admin = await officer('xt01');
    const answer = await admin.send('POST', 'imports?file=bomb.xlsx', bytes, { 'content-type': 'application/octet-stream' });
    assert.equal(answer.status, 202);
    const { id } = await answer.json();
    const found = await until(async () => {
      const now = await admin.get(`imports/${id}`);
      return now.state !== 'checking' && now;
    }, 60);
    assert.equal(found.state, 'failed');
    assert.match(found.reason, /展开后过大.*另存/);
  });
});
