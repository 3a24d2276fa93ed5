// Uploads through nginx: the protocol, two at once, workers that die in the middle.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { b64, BASE, Client, PIECE, sleep, sql, VAR } from './client.mjs';
import { pdf, pdfStream } from '../samples/formats.mjs';
import { register, uscc } from './people.mjs';

const SLOT = 'application_letter';
let client;

before(async () => {
  const { unit } = await register('hospital', uscc());
  client = new Client();
  await client.loginUnit(unit.account, unit.password);
});

/** A PDF of so many bytes, most of them a stream that no two files have alike. */
function file(size) {
  let whole = pdf({ objects: [pdfStream('')] });
  for (let more = size - whole.length; whole.length !== size; more += size - whole.length) whole = pdf({ objects: [pdfStream(randomBytes(more))] });
  return whole;
}

const create = (name, length) =>
  client.tus('POST', 'uploads', undefined, {
    'upload-length': String(length),
    'upload-metadata': `slot ${b64(SLOT)},filename ${b64(name)}`,
  });

async function begin(length, name = '申请函.pdf') {
  const made = await create(name, length);
  assert.equal(made.status, 201, await made.text());
  return new URL(made.headers.get('location'), BASE).pathname;
}

const append = (place, bytes, offset) => client.tus('PATCH', place, bytes, { 'upload-offset': String(offset) });

async function content(place) {
  const answer = await client.send('GET', `${place}/content`);
  assert.equal(answer.status, 200);
  return Buffer.from(await answer.arrayBuffer());
}

test('OPTIONS says what there is', async () => {
  const answer = await client.tus('OPTIONS', 'uploads');
  assert.equal(answer.status, 204);
  assert.equal(answer.headers.get('tus-version'), '1.0.0');
  assert.equal(answer.headers.get('tus-extension'), 'creation,creation-with-upload,expiration,checksum,termination');
  assert.equal(answer.headers.get('tus-max-size'), String(30 * PIECE));
});

test('a piece that was changed on its way never came', async () => {
  const bytes = file(PIECE);
  const sum = (name, of) => ({ 'upload-checksum': `${name} ${createHash(name).update(of).digest('base64')}` });
  const place = await begin(3 * PIECE);
  const changed = await client.tus('PATCH', place, bytes, { 'upload-offset': '0', ...sum('sha1', 'other bytes') });
  assert.equal(changed.status, 460);
  assert.match(changed.headers.get('content-type'), /problem\+json/);
  assert.equal((await client.tus('HEAD', place)).headers.get('upload-offset'), '0');
  assert.equal((await client.tus('PATCH', place, bytes, { 'upload-offset': '0', ...sum('sha1', bytes) })).status, 204);
  const second = await client.tus('PATCH', place, bytes, { 'upload-offset': String(PIECE), ...sum('sha256', bytes) });
  assert.equal(second.headers.get('upload-offset'), String(2 * PIECE));
  assert.ok(new Date(second.headers.get('upload-expires')) > Date.now());
  assert.equal((await client.tus('DELETE', place)).status, 204);
});

test('a creation brings the first bytes along', async () => {
  const made = await client.tus('POST', 'uploads', file(PIECE), {
    'upload-length': String(2 * PIECE),
    'upload-metadata': `slot ${b64('plan')},filename ${b64('a.pdf')}`,
  });
  assert.equal(made.status, 201);
  assert.equal(made.headers.get('upload-offset'), String(PIECE));
  assert.equal((await client.tus('DELETE', made.headers.get('location'))).status, 204);
});

test('of several PATCHes at once exactly one wins', async () => {
  const bytes = file(PIECE);
  for (let i = 0; i < 10; i++) {
    const place = await begin(3 * PIECE);
    const answers = await Promise.all([1, 2, 3, 4].map(() => append(place, bytes, 0)));
    const codes = answers.map((answer) => answer.status).sort();
    assert.equal(codes.filter((code) => code === 204).length, 1, codes.join());
    assert.ok(codes.every((code) => [204, 409, 423].includes(code)), codes.join());
    const head = await client.tus('HEAD', place);
    assert.equal(head.headers.get('upload-offset'), String(PIECE));
    assert.equal((await client.tus('DELETE', place)).status, 204);
  }
});

test('an upload arrives whole although workers are killed', async () => {
  const master = readFileSync(`${VAR}/run/pid/public`, 'utf8').split(' ')[0];
  const workers = () => execFileSync('pgrep', ['-P', master], { encoding: 'utf8' }).trim().split('\n').map(Number);
  let over = false;
  const killing = (async () => {
    while (!over) {
      await sleep(150 + 200 * Math.random());
      try {
        for (const worker of workers()) process.kill(worker, 'SIGKILL');
      } catch {
        // none has come back yet
      }
    }
  })();
  // What failed is asked again, as the browser does it.
  const patiently = async (ask, wanted) => {
    for (let i = 0; i < 100; i++) {
      const answer = await ask();
      if (wanted.includes(answer.status)) return answer;
      await sleep(100);
    }
    throw new Error('no worker came back');
  };
  try {
    for (let i = 0; i < 3; i++) {
      const bytes = file(3 * PIECE + i);
      const made = await patiently(() => create('a.pdf', bytes.length), [201]);
      const place = new URL(made.headers.get('location'), BASE).pathname;
      for (let offset = 0; offset < bytes.length; ) {
        const sent = await append(place, bytes.subarray(offset, offset + PIECE / 8), offset);
        // never one that a client takes for the end: a piece is larger than what nginx takes elsewhere
        assert.ok(sent.status < 400 || sent.status >= 500 || [409, 423].includes(sent.status), `${sent.status}`);
        const head = await patiently(() => client.tus('HEAD', place), [200]);
        offset = Number(head.headers.get('upload-offset'));
      }
      const got = await patiently(() => client.send('GET', `${place}/content`), [200]);
      assert.ok(Buffer.from(await got.arrayBuffer()).equals(bytes));
    }
  } finally {
    over = true;
    await killing;
    await patiently(() => client.send('GET', 'session'), [200]);
  }
});

test('equal files are kept once, under two names', async () => {
  const bytes = file(1000);
  const places = [await begin(1000, 'one.pdf'), await begin(1000, 'two.pdf')];
  for (const place of places) assert.equal((await append(place, bytes, 0)).status, 204);
  const keys = places.map((place) => place.split('/').pop());
  assert.deepEqual(sql(`SELECT COUNT(DISTINCT digest), COUNT(DISTINCT name) FROM upload WHERE id IN ('${keys.join("','")}')`), [['1', '2']]);
  for (const place of places) assert.ok((await content(place)).equals(bytes));
});

test('a name loses its folders and what turns the reading direction', async () => {
  const place = await begin(100, 'C:\\fakepath\\申请\u202efdp.函.pdf');
  assert.equal((await client.get(place)).name, '申请fdp.函.pdf');
});

test('every look at a file is in the audit', async () => {
  const place = await begin(500);
  assert.equal((await append(place, file(500), 0)).status, 204);
  await content(place);
  await content(place);
  const deeds = sql(`SELECT deed FROM audit WHERE object = 'upload/${place.split('/').pop()}' ORDER BY id`).flat();
  assert.deepEqual(deeds, ['upload.create', 'upload.store', 'upload.view', 'upload.view']);
});

test('a stored file cannot be taken back, an unfinished one can', async () => {
  const place = await begin(500);
  assert.equal((await append(place, file(500), 0)).status, 204);
  assert.equal((await client.tus('DELETE', place)).status, 409);
  const other = await begin(500);
  assert.equal((await client.tus('DELETE', other)).status, 204);
  assert.equal((await client.send('GET', other)).status, 404);
});

test('a client that does not cut sends the largest file in one piece', async () => {
  const whole = readFileSync(`${process.env.SAMPLES}/edge/申请方案（29M）.pdf`);
  const made = await client.tus('POST', 'uploads', undefined, {
    'upload-length': String(whole.length),
    'upload-metadata': `slot ${b64('plan')},filename ${b64('申请方案.pdf')}`,
  });
  const place = new URL(made.headers.get('location'), BASE).pathname;
  const sent = await client.tus('PATCH', place, whole, { 'upload-offset': '0' });
  assert.equal(sent.status, 204, await sent.text());
});
