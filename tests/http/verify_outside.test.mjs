// A stranger verifies a sheet without this program: by the description of the download, with OpenSSL and Bouncy Castle.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash, randomInt } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { after, before, test } from 'node:test';
import { PORTAL } from './channel.mjs';
import { ready, SAMPLES, sheet, submitted } from './cases.mjs';
import { makePair } from './channel_key.mjs';
import { BASE, Client } from './client.mjs';
import { everyDesk, passChain, readyOperator } from './people.mjs';
import { sealBy, sealOf } from './seal.mjs';

const BCPROV = '/usr/share/java/bcprov.jar';
const anyone = new Client();
const folder = mkdtempSync(`${tmpdir()}/outside-`);
const sm3 = (bytes) => createHash('sm3').update(bytes).digest('hex');
let payment;
let identity;
let publicKey;

before(async () => {
  const officers = await everyDesk();
  const who = await readyOperator('hospital', SAMPLES);
  const number = await submitted(who, 'hospital', 'auth');
  await passChain(officers, number);
  const d = await ready(who, number, 'test');
  const load = async (kind) => Buffer.from(await (await who.client.send('GET', sheet(d, 'test', kind).url)).arrayBuffer());
  [payment, identity] = [await load('payment'), await load('identity')];
  publicKey = (await anyone.get('verify/key')).public_key;
  // what anybody is offered
  const zip = await fetch(`${BASE}/documents/jieru-clients.zip`);
  writeFileSync(`${folder}/clients.zip`, Buffer.from(await zip.arrayBuffer()));
  execFileSync('unzip', ['-q', `${folder}/clients.zip`, '-d', folder]);
  execFileSync('javac', ['-encoding', 'UTF-8', '-cp', BCPROV, '-d', folder, new URL('java/Seal.java', import.meta.url).pathname]);
});

after(() => rmSync(folder, { recursive: true, force: true }));

/** What the commands of the description, our program and Bouncy Castle say of files: [[the number or false] × 3, …]. */
function verdicts(list, key = publicKey) {
  const names = list.map((bytes, i) => {
    writeFileSync(`${folder}/${i}.pdf`, bytes);
    return `${folder}/${i}.pdf`;
  });
  const bouncy = execFileSync('java', ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-cp', `${folder}:${BCPROV}`, 'Seal', key, ...names], { encoding: 'utf8' }).trim().split('\n');
  return names.map((name, i) => {
    const script = spawnSync('sh', [`${folder}/jieru-clients/verify/verify.sh`, name, key], { encoding: 'utf8' });
    const own = spawnSync(PORTAL, ['verify', name, '--key', key], { encoding: 'utf8' });
    return [script.status === 0 && script.stdout.match(/^核验通过，反馈单编号：([0-9a-f]{32})\n$/)[1], own.status === 0 && own.stdout.match(/^valid\t(\w+)\n$/)[1], bouncy[i] === 'true' && sealOf(list[i]).number];
  });
}

const agree = (list, wanted, key) => assert.deepEqual(verdicts(list, key), wanted.map((one) => [one, one, one]));

test('real sheets: OpenSSL by the published commands, Bouncy Castle and our program agree', () => {
  agree([payment, identity], [sealOf(payment).number, sealOf(identity).number]);
  agree([payment], [false], makePair().publicKey);
});

test('changed by a byte anywhere, they agree as well', () => {
  const { before: start, line } = sealOf(payment);
  const places = [0, start.length - 1, start.length + 1, start.length + 20, start.length + 60, start.length + line.length - 4, payment.length - 1, ...Array.from({ length: 8 }, () => randomInt(payment.length))];
  const changed = places.map((at) => {
    const bytes = Buffer.from(payment);
    bytes[at] ^= 1 << randomInt(8);
    return bytes;
  });
  // the same signature, written with bits set that base64 does not use
  const unused = Buffer.from(payment);
  unused[start.length + line.length - 4]++;
  agree([...changed, unused], [...places, 0].map(() => false));
});

test('the seal of one sheet is none for another, nor what stands beside it', () => {
  const [one, two] = [sealOf(payment), sealOf(identity)];
  const more = Buffer.from('1 0 obj\nnull\nendobj\n');
  const files = [
    [one.before, two.line, one.after],
    [one.before, Buffer.from(two.line.toString().replace(two.number, one.number)), one.after],
    [one.before, Buffer.from(one.line.toString().replace(one.number, two.number)), one.after],
    [one.before, one.line, two.line, one.after],
    [one.before, two.line, one.line, one.after],
    [one.before, more, one.line, one.after],
    [payment, more],
    [payment, more, one.line, one.after],
    [payment, identity.subarray(9)],
    [payment.subarray(0, -1)],
    [one.before, Buffer.from('1 0 obj null endobj\r'), one.line, one.after.subarray(0, -1)],
    [one.before, one.after],
    [one.line],
    [Buffer.from('\n\n\n\n')],
    [Buffer.from('not a PDF')],
    [],
  ].map((parts) => Buffer.concat(parts));
  agree(files, files.map(() => false));
});

test('signatures whose r or s begins with zeros', () => {
  // made with sm-crypto, searched for among 378
  const key = 'BLKu55g8OhAQg7cpC9olehm7gCaMPeAkXmyD4QWm9HCnrWdhep9N+dCoO7OXY4EBUXv6xnqHCfCrv0kIFkaok3w=';
  const signatures = ['AJ4Ua+QC2V7BpAKb/GSwWaHkrRcn0JgRZ6Tje8xTjQOuwwUy/a2hG4VEiWudmLhYlIGIxNEQ1elLi6Qs1832SQ==', '0pWtAOZdnvMkJtdMft3QFOar+uBgatGsi2bwLaVCiCQA8cvOCvEDINv0dycURvp9HWk6Iz2g6ppV7ab52o/Bqw=='];
  const [start, end] = ['%PDF-1.4\nbody\n', 'startxref\n9\n%%EOF\n'];
  const number = '0123456789abcdef0123456789abcdef';
  agree(signatures.map((one) => Buffer.from(`${start}%jieru-sheet 2 ${number} ${sm3(start + end)} ${one}\n${end}`)), [number, number], key);
});

test('the earlier form, behind the end: by the commands and our program', () => {
  const pair = makePair();
  const { body, number } = sealOf(payment);
  const earlier = Buffer.concat([body, sealBy(pair, `jieru-sheet 1 ${number} ${sm3(body)}`)]);
  const changed = Buffer.from(earlier);
  changed[body.length >> 1] ^= 1;
  assert.deepEqual(verdicts([earlier, changed], pair.publicKey).map((v) => v.slice(0, 2)), [[number, number], [false, false]]);
});

test('uploads from strangers: each is answered, none is believed', async () => {
  const send = async (bytes, type = 'application/pdf') => {
    const answer = await anyone.send('POST', 'verify', bytes, { 'content-type': type });
    return answer.status === 200 ? (await answer.json()).status : answer.status;
  };
  const [one, two] = [sealOf(payment), sealOf(identity)];
  const own = makePair();
  assert.equal(await send(payment), 'valid');
  assert.equal(await send(payment, 'text/plain'), 'valid', 'whatever it is called');
  assert.equal(await send(Buffer.concat([one.before, two.line, one.after])), 'altered');
  assert.equal(await send(Buffer.concat([one.before, sealBy(own, one.statement), one.after])), 'altered', 'of another installation');
  assert.equal(await send(payment.subarray(0, 20000)), 'unsealed');
  assert.equal(await send(Buffer.from('PK\x03\x04')), 'unsealed');
  assert.equal(await send(Buffer.alloc(30 << 20, 65)), 413);
  assert.equal(await send(Buffer.alloc((1 << 20) + 1, 65)), 413);
  // nothing of what was sent, and no key, in any answer
  const { app_id, ...rest } = await (await anyone.send('POST', 'verify', payment, { 'content-type': 'application/pdf' })).json();
  assert.match(app_id, /^[0-9A-F]{32}$/);
  assert.doesNotMatch(JSON.stringify(rest), /[A-Za-z0-9+/]{43}=|[0-9A-F]{32}|secret|private|public_key/);
});
