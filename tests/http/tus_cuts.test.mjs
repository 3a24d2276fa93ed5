// The line is cut at random while 20 MB are on their way: every upload arrives whole, byte for byte.
// LONG: 500 cuts instead of 6.
import assert from 'node:assert/strict';
import { randomBytes, randomInt } from 'node:crypto';
import { after, before, test } from 'node:test';
import { pdf, pdfStream } from '../samples/formats.mjs';
import { b64, BASE, Client, PIECE, sleep } from './client.mjs';
import { Cutter } from './cutter.mjs';
import { register, uscc } from './people.mjs';

const CUTS = process.env.LONG ? 500 : 6;
const SIZE = 20 * PIECE - 5;
const cutter = new Cutter(BASE);
let client; // behind the cutter
let direct;

before(async () => {
  await cutter.start();
  await newPerson();
});
after(() => cutter.stop());

async function newPerson() {
  const { unit } = await register('hospital', uscc());
  direct = new Client();
  await direct.loginUnit(unit.account, unit.password);
  client = new Client(cutter.base);
  client.cookies = direct.cookies;
  client.csrf = direct.csrf;
}

/** What was cut off is asked again, as every client does. */
async function patiently(asking) {
  for (let i = 0; i < 50; i++) {
    try {
      const answer = await asking();
      if (answer.status === 429) await sleep(2000); // asked after each piece, far more often than any client does
      else if (answer.status < 500 && answer.status !== 423) return answer;
    } catch {
      // cut
    }
    await sleep(20);
  }
  throw new Error('no answer');
}

function file(size) {
  let whole = pdf({ objects: [pdfStream('')] });
  for (let more = size - whole.length; whole.length !== size; more += size - whole.length) whole = pdf({ objects: [pdfStream(randomBytes(more))] });
  return whole;
}

const headers = (size) => ({ 'upload-length': String(size), 'upload-metadata': `slot ${b64('plan')},filename ${b64('申请方案.pdf')}` });

/** One file through so many cuts. */
async function through(cuts) {
  const bytes = file(SIZE);
  const end = cutter.cuts + cuts;
  const place = (await direct.tus('POST', 'uploads', undefined, headers(SIZE))).headers.get('location');
  for (let offset = 0; offset < SIZE; ) {
    // shorter pieces, so that the last cuts find something to cut
    const piece = bytes.subarray(offset, Math.min(SIZE, offset + Math.floor(PIECE / randomInt(1, 8))));
    if (cutter.cuts < end && randomInt(3) > 0) randomInt(4) === 0 ? cutter.next('down', randomInt(1, 400)) : cutter.next('up', randomInt(1, piece.length + 900));
    await client.tus('PATCH', place, piece, { 'upload-offset': String(offset) }).catch(() => null);
    const head = await patiently(() => client.tus('HEAD', place));
    assert.equal(head.status, 200);
    const told = Number(head.headers.get('upload-offset'));
    assert.ok(told === offset || told === offset + piece.length, `${offset} ${piece.length} ${told}`); // a piece came, or it did not
    offset = told;
  }
  const content = await patiently(() => direct.send('GET', `${place}/content`));
  assert.equal(content.status, 200);
  assert.ok(Buffer.from(await content.arrayBuffer()).equals(bytes), 'the bytes differ');
}

test(`${CUTS} cuts of the line, and every upload arrives`, { timeout: 3600_000 }, async (t) => {
  let uploads = 0;
  while (cutter.cuts < CUTS) {
    if (uploads % 20 === 19) await newPerson(); // so many bytes a day
    await through(Math.min(20, CUTS - cutter.cuts));
    uploads++;
  }
  t.diagnostic(`${cutter.cuts} cuts, ${uploads} uploads of 20 MB`);
});

test('tus-js-client, as it is, gets through cuts by itself', async (t) => {
  const { Upload } = await import('../../web/node_modules/tus-js-client/lib.esm/node/index.js');
  const bytes = file(5 * PIECE);
  const before = cutter.cuts;
  let timer;
  const url = await new Promise((done, failed) => {
    const upload = new Upload(bytes, {
      endpoint: `${cutter.base}/api/v1/uploads`,
      chunkSize: PIECE / 2,
      retryDelays: [20, 50, 100, 200, 400, 800],
      metadata: { slot: 'plan', filename: '申请方案.pdf' },
      headers: { cookie: [...client.cookies].map(([k, v]) => `${k}=${v}`).join('; '), 'x-csrf-token': client.csrf },
      onError: failed,
      onSuccess: () => done(upload.url),
    });
    upload.start();
    timer = setInterval(() => cutter.cuts < before + 5 && cutter.next('up', randomInt(1, PIECE / 2)), 60);
  });
  clearInterval(timer);
  cutter.plan = null;
  t.diagnostic(`${cutter.cuts - before} cuts`);
  const content = await direct.send('GET', `${new URL(url).pathname}/content`);
  assert.ok(Buffer.from(await content.arrayBuffer()).equals(bytes));
});
