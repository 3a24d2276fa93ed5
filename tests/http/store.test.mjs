// `portal admin store-verify`: each kind of difference between rows and files is named.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { pdf, pdfStream } from '../samples/formats.mjs';
import { Client, b64, setting, sql, VAR } from './client.mjs';
import { register, uscc } from './people.mjs';

const PORTAL = `${process.env.JIERU_BUILD ?? 'build'}/portal`;
const DIR = `${VAR}/cache/store`;
const STORE = setting('PORTAL_STORE');
const HOUR_AGO = Date.now() / 1000 - 3600;
let client;
let count = 0;
const undo = [];

before(async () => {
  mkdirSync(DIR, { recursive: true });
  const { unit } = await register('hospital', uscc());
  client = new Client();
  await client.loginUnit(unit.account, unit.password);
});
after(() => undo.reverse().forEach((each) => each()));

/** Exit status and the lines of differences that name one of these. */
function verify(...names) {
  const { status, stdout } = spawnSync(PORTAL, ['admin', 'store-verify'], { encoding: 'utf8', env: { ...process.env, PORTAL_ENV_FILE: `${VAR}/admin.env` } });
  return { status, lines: stdout.split('\n').filter((line) => names.some((name) => line.includes(name))), last: stdout.trim().split('\n').at(-1) };
}

/** A stored file of its own content: its id, digest and place. */
async function stored() {
  const file = `${DIR}/${++count}.pdf`;
  writeFileSync(file, pdf({ objects: [pdfStream(Buffer.from(`${Math.random()}`))] }));
  const id = await client.upload('plan', file);
  const [[digest]] = sql(`SELECT digest FROM upload WHERE id = '${id}'`);
  const place = `${digest.slice(0, 2)}/${digest.slice(2, 4)}/${digest}`;
  return { id, digest, place, path: `${STORE}/${place}` };
}

test('a sound store is called sound', async () => {
  await stored();
  const seen = verify('upload/', 'foreign');
  assert.deepEqual([seen.status, seen.lines], [0, []], seen.lines.join('\n'));
  assert.match(seen.last, /^store: \d+ files, \d+ bytes, sound$/);
});

test('a file that is missing', async () => {
  const { id, place, path } = await stored();
  renameSync(path, `${DIR}/aside`);
  const seen = verify(id);
  assert.deepEqual([seen.status, seen.lines], [1, [`missing ${place} upload/${id}`]]);
  assert.match(seen.last, /NOT sound: 1 differences$/);
  renameSync(`${DIR}/aside`, path);
  assert.equal(verify(id).status, 0);
});

test('a file of another length, and one of another content', async () => {
  for (const [what, change] of [
    ['wrong-size', (path, bytes) => truncateSync(path, bytes.length - 1)],
    ['wrong-content', (path, bytes) => writeFileSync(path, Buffer.concat([bytes.subarray(0, -1), Buffer.from('x')]))],
  ]) {
    const { id, place, path } = await stored();
    const bytes = readFileSync(path);
    chmodSync(path, 0o640);
    change(path, bytes);
    const seen = verify(id);
    assert.equal(seen.status, 1);
    assert.ok(seen.lines.includes(`${what} ${place} upload/${id}`), seen.lines.join());
    writeFileSync(path, bytes);
    assert.equal(verify(id).status, 0);
  }
});

test('files that no row knows, wherever they lie', () => {
  const digest = 'f0'.repeat(32);
  const places = [`f0/f0/${digest}`, `partial/${'a1'.repeat(16)}`, `quarantine/${digest}`, 'notes.txt', `f0/f1/${digest}`];
  for (const place of places) {
    const path = `${STORE}/${place}`;
    // a folder of whoever runs the tests would be closed to the workers ever after
    const made = mkdirSync(path.replace(/\/[^/]*$/, ''), { recursive: true });
    writeFileSync(path, 'x');
    utimesSync(path, HOUR_AGO, HOUR_AGO);
    if (made) execFileSync('chown', ['-R', `--reference=${STORE}`, made]);
    undo.push(() => rmSync(path, { force: true }));
  }
  const seen = verify('foreign');
  assert.equal(seen.status, 1);
  assert.deepEqual(seen.lines.sort(), places.map((place) => `foreign ${place}`).sort());
  for (const each of undo.splice(0)) each();
  assert.equal(verify().status, 0);
});

test('a partial file that is shorter than was acknowledged', async () => {
  const made = await client.tus('POST', 'uploads', Buffer.alloc(5000, '%PDF-1.4 '), {
    'upload-length': '9000',
    'upload-metadata': `slot ${b64('plan')},filename ${b64('a.pdf')}`,
  });
  assert.equal(made.status, 201);
  const id = made.headers.get('location').split('/').pop();
  truncateSync(`${STORE}/partial/${id}`, 4000);
  const seen = verify(id);
  assert.deepEqual([seen.status, seen.lines], [1, [`short partial/${id} upload/${id}`]]);
  // and the client goes on from where the file really ends
  assert.equal((await client.tus('HEAD', `uploads/${id}`)).headers.get('upload-offset'), '4000');
  assert.equal((await client.tus('DELETE', `uploads/${id}`)).status, 204);
});
