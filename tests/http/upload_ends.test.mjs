// Uploads that end otherwise than by arriving: they expire, and their checker hangs or dies.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { Client, b64, PIECE, setting, sql, until, VAR } from './client.mjs';
import { register, uscc } from './people.mjs';

const PORTAL = `${process.env.JIERU_BUILD ?? 'build'}/portal`;
const { SAMPLES } = process.env;
let client;

before(async () => {
  const { unit } = await register('hospital', uscc());
  client = new Client();
  await client.loginUnit(unit.account, unit.password);
});

const begin = async () => {
  const made = await client.tus('POST', 'uploads', Buffer.alloc(PIECE, 1), { 'upload-length': String(2 * PIECE), 'upload-metadata': `slot ${b64('plan')},filename ${b64('a.pdf')}` });
  assert.equal(made.status, 201);
  return made.headers.get('location');
};

test('an upload that expired cannot be gone on with, and the janitor takes it away', async () => {
  const place = await begin();
  const other = await begin();
  const key = place.split('/').pop();
  const kept = `${setting('PORTAL_STORE')}/partial/${key}`;
  const expires = Date.parse((await client.tus('HEAD', place)).headers.get('upload-expires')) / 1000;
  const [[touched]] = sql(`SELECT updated_at FROM upload WHERE id = '${key}'`);
  assert.equal(expires - Number(touched), 24 * 3600);
  sql(`UPDATE upload SET updated_at = updated_at - ${24 * 3600 + 60} WHERE id = '${key}'`);

  assert.equal((await client.tus('HEAD', place)).status, 404);
  assert.equal((await client.tus('PATCH', place, Buffer.alloc(PIECE), { 'upload-offset': String(PIECE) })).status, 404);
  assert.ok(existsSync(kept));
  execFileSync(PORTAL, ['jobs', '--once'], { env: { ...process.env, PORTAL_ENV_FILE: `${VAR}/portal.env` }, stdio: 'ignore' });
  assert.deepEqual(sql(`SELECT id FROM upload WHERE id = '${key}'`), []);
  assert.ok(!existsSync(kept));
  assert.equal((await client.tus('HEAD', place)).status, 404);
  assert.equal((await client.tus('HEAD', other)).headers.get('upload-offset'), String(PIECE));
  assert.equal((await client.tus('DELETE', other)).status, 204);
});

// ---- the checker ---------------------------------------------------------------------------------

/** The checkers below the workers of the public site, by their name and their parents. */
function checkers() {
  const master = readFileSync(`${VAR}/run/pid/public`, 'utf8').split(' ')[0];
  const stat = (pid) => readFileSync(`/proc/${pid}/stat`, 'utf8');
  const parent = (pid) => stat(pid).split(') ')[1].split(' ')[1];
  return readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && stat(pid).includes('(portal inspect)') && parent(parent(pid)) === master;
    } catch {
      return false; // gone
    }
  }).map(Number);
}
const send = () => client.upload('application_letter', `${SAMPLES}/申请函.pdf`);
/** Every worker has a checker: they begin with the first file each is asked about. */
const warm = () => until(async () => (await Promise.all(Array.from({ length: 12 }, send))) && checkers().length > 0);

test('a checker that was killed is replaced, and nobody notices', async () => {
  await warm();
  for (const pid of checkers()) process.kill(pid, 'SIGKILL');
  for (let i = 0; i < 12; i++) assert.match(await send(), /^[0-9a-f]{32}$/);
});

test('a checker that gets no time is given up, which no file is blamed for, and the next one is looked at', { skip: !process.env.LONG && 'takes as long as the limit: --long' }, async () => {
  await warm();
  const stopped = checkers();
  for (const pid of stopped) process.kill(pid, 'SIGSTOP');
  const answers = await Promise.all(Array.from({ length: 4 }, send));
  for (const answer of answers) {
    if (typeof answer === 'string') continue; // a worker that had none yet
    assert.equal(answer.status, 503); // sent again, it is looked at
  }
  assert.ok(answers.some((answer) => typeof answer !== 'string'));
  // the others are still asleep
  for (const pid of checkers().filter((each) => stopped.includes(each))) process.kill(pid, 'SIGCONT');
  for (let i = 0; i < 12; i++) assert.match(await send(), /^[0-9a-f]{32}$/);
});

// ---- how many ------------------------------------------------------------------------------------

test('of many begun at once no more than twenty stay open', async () => {
  const { unit } = await register('hospital', uscc());
  const eager = new Client();
  await eager.loginUnit(unit.account, unit.password);
  const headers = { 'upload-length': '1000', 'upload-metadata': `slot ${b64('plan')},filename ${b64('a.pdf')}` };
  const made = await Promise.all(Array.from({ length: 60 }, () => eager.tus('POST', 'uploads', undefined, headers)));
  assert.equal(made.filter(({ status }) => status === 201).length, 20);
  assert.ok(made.every(({ status }) => [201, 429].includes(status)));
});
