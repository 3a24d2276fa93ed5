// 反馈单核验: by number, by file, and offline; for anybody, and without a key in any answer.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { before, test } from 'node:test';
import { PORTAL } from './channel.mjs';
import { detail, ready, SAMPLES, sheet, submitted } from './cases.mjs';
import { Client } from './client.mjs';
import { OFFICERS, officer, passChain, readyOperator } from './people.mjs';

const anyone = new Client();
const folder = mkdtempSync(`${tmpdir()}/verify-`);
let who;
let number;
let pdf;
let sheetNumber;
let publicKey;

const upload = (bytes) => anyone.call('POST', 'verify', bytes, 200, { 'content-type': 'application/pdf' });

function offline(bytes, key = publicKey) {
  writeFileSync(`${folder}/sheet.pdf`, bytes);
  const run = spawnSync(PORTAL, ['verify', `${folder}/sheet.pdf`, '--key', key], { encoding: 'utf8' });
  return [run.status, run.stdout.trim()];
}

before(async () => {
  const officers = {};
  for (const [desk, account] of Object.entries(OFFICERS)) officers[desk] = await officer(account);
  who = await readyOperator('hospital', SAMPLES);
  number = await submitted(who, 'hospital', 'mixed');
  await passChain(officers, number);
  const d = await ready(who, number, 'test');
  pdf = Buffer.from(await (await who.client.send('GET', sheet(d, 'test', 'payment').url)).arrayBuffer());
  sheetNumber = pdf.toString('latin1').match(/%jieru-sheet 1 ([0-9a-f]{32}) /)[1];
  publicKey = (await anyone.get('verify/key')).public_key;
});

test('the sheet stays a good PDF and shows its number', () => {
  writeFileSync(`${folder}/sheet.pdf`, pdf);
  execFileSync('qpdf', ['--check', `${folder}/sheet.pdf`]);
  assert.ok(execFileSync('pdftotext', ['-raw', `${folder}/sheet.pdf`, '-'], { encoding: 'utf8' }).includes(sheetNumber));
  assert.ok(pdf.length <= 100 * 1024);
});

test('by number: 有效, with who and when and no keys; 查无此单', async () => {
  const found = await anyone.get(`verify/${sheetNumber}`);
  assert.deepEqual([found.status, found.status_text, found.initiator, found.environment, found.kind], ['valid', '有效', '广东省医疗保障局', 'test', 'payment']);
  assert.deepEqual(Object.keys(found).sort(), ['environment', 'initiator', 'kind', 'number', 'replied_at', 'status', 'status_text', 'title']);
  assert.deepEqual(await anyone.get(`verify/${'0'.repeat(32)}`), { status: 'unknown', status_text: '查无此单' });
});

test('by file: the file itself, one changed byte, another file', async () => {
  assert.equal((await upload(pdf)).number, sheetNumber);
  for (const at of [0, 100, pdf.length >> 1, pdf.length - 200, pdf.length - 2]) {
    const changed = Buffer.from(pdf);
    changed[at] ^= 1;
    assert.ok(['altered', 'unsealed'].includes((await upload(changed)).status), `byte ${at}`);
  }
  assert.equal((await upload(Buffer.from('%PDF-1.4 something else'))).status, 'unsealed');
});

test('offline, with nothing but the published key', async () => {
  assert.deepEqual(offline(pdf), [0, `valid\t${sheetNumber}`]);
  writeFileSync(`${folder}/key.txt`, `${publicKey}\n`);
  assert.deepEqual(offline(pdf, `${folder}/key.txt`), [0, `valid\t${sheetNumber}`]);
  for (let i = 0; i < 40; i++) {
    const changed = Buffer.from(pdf);
    changed[Math.floor((i * pdf.length) / 40)] ^= 4;
    assert.equal(offline(changed)[0], 1);
  }
  assert.deepEqual(offline(pdf.subarray(0, -1)), [1, 'unsealed']);
  assert.equal(offline(pdf, 'nothing')[0], 2);
});

test('已作废 once the application is given up', async () => {
  const d = await detail(who, number);
  await who.client.post(`applications/${number}/discard`, { version: d.version, reason: '不再接入' });
  assert.equal((await anyone.get(`verify/${sheetNumber}`)).status_text, '已作废');
  assert.equal((await upload(pdf)).status, 'revoked');
});
