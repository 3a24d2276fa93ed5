// A store without room, at every step: 507 in Chinese, no half file, and it goes on when there is room.
// Needs the right to mount a small file system over the store.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { pdf, pdfStream } from '../samples/formats.mjs';
import { b64, Client, PIECE, setting, sql } from './client.mjs';
import { register, uscc } from './people.mjs';

const STORE = setting('PORTAL_STORE');
const INODES = 400;
const { uid, gid } = statSync(STORE);
const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=8m,nr_inodes=${INODES},mode=750,uid=${uid},gid=${gid}`, 'tmpfs', STORE]).status === 0;
const skip = mounted ? false : 'no right to mount';
let client;
let unitId;

before(async () => {
  const { unit } = await register('hospital', uscc());
  client = new Client();
  unitId = (await client.loginUnit(unit.account, unit.password)).unit.id;
});
after(() => {
  if (mounted) execFileSync('umount', ['-l', STORE]);
  sql(`DELETE FROM upload WHERE unit_id = ${unitId}`); // their files went with it
});

function file(size) {
  let whole = pdf({ objects: [pdfStream('')] });
  for (let more = size - whole.length; whole.length !== size; more += size - whole.length) whole = pdf({ objects: [pdfStream(randomBytes(more))] });
  return whole;
}
const headers = (size) => ({ 'upload-length': String(size), 'upload-metadata': `slot ${b64('plan')},filename ${b64('申请方案.pdf')}` });
const begin = async (size) => (await client.tus('POST', 'uploads', undefined, headers(size))).headers.get('location');
const send = (place, bytes, offset) => client.tus('PATCH', place, bytes.subarray(offset, offset + PIECE), { 'upload-offset': String(offset) });
const offset = async (place) => Number((await client.tus('HEAD', place)).headers.get('upload-offset'));
const partial = (place) => `${STORE}/partial/${place.split('/').pop()}`;

async function full(answer) {
  assert.equal(answer.status, 507);
  assert.match(answer.headers.get('content-type'), /problem\+json/);
  assert.match((await answer.json()).title, /^存储空间不足，请稍后再上传/);
}

/** Bytes but for so many. */
function fill(left) {
  const free = Number(execFileSync('stat', ['-f', '-c', '%a %S', STORE], { encoding: 'utf8' }).split(' ').reduce((a, b) => a * b));
  writeFileSync(`${STORE}/filler`, Buffer.alloc(free - left));
}
/** Every name there is room for. */
function fillNames() {
  for (let i = 0; i < INODES; i++)
    try {
      writeFileSync(`${STORE}/name${i}`, '');
    } catch {
      return;
    }
}
const empty = () => readdirSync(STORE).filter((name) => /^(filler|name)/.test(name)).forEach((name) => rmSync(`${STORE}/${name}`));

async function finish(place, bytes) {
  for (let at = await offset(place); at < bytes.length; at += PIECE) assert.equal((await send(place, bytes, at)).status, 204);
  const content = await client.send('GET', `${place}/content`);
  assert.ok(Buffer.from(await content.arrayBuffer()).equals(bytes));
}

test('no room for a piece', { skip }, async () => {
  const bytes = file(3 * PIECE - 7);
  const place = await begin(bytes.length);
  assert.equal((await send(place, bytes, 0)).status, 204);
  fill(PIECE / 2);
  await full(await send(place, bytes, PIECE));
  assert.equal(await offset(place), PIECE);
  assert.equal(statSync(partial(place)).size, PIECE); // what was not acknowledged is gone
  await full(await send(place, bytes, PIECE));
  empty();
  await finish(place, bytes);
});

test('no room for the first piece, nor for its name', { skip }, async () => {
  const bytes = file(2 * PIECE);
  for (const [use, name] of [[() => fill(0), 'bytes'], [fillNames, 'names']]) {
    const place = await begin(bytes.length);
    use();
    await full(await send(place, bytes, 0));
    assert.equal(await offset(place), 0, name);
    empty();
    await finish(place, bytes);
  }
});

test('no room for the place of the whole file', { skip }, async () => {
  const bytes = file(2 * PIECE);
  const place = await begin(bytes.length);
  assert.equal((await send(place, bytes, 0)).status, 204);
  fillNames();
  await full(await send(place, bytes, PIECE));
  assert.equal(await offset(place), PIECE); // its last piece is asked for again
  empty();
  await finish(place, bytes);
});

test('a creation that brings bytes for which there is no room leaves nothing behind', { skip }, async () => {
  const open = () => sql('SELECT COUNT(*) FROM upload WHERE state = 1')[0][0];
  const before = open();
  fill(0);
  await full(await client.tus('POST', 'uploads', file(PIECE), headers(2 * PIECE)));
  empty();
  assert.equal(open(), before);
});
