// 反馈单核验: by number, by file, and offline; for anybody, and without a key in any answer.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { before, test } from 'node:test';
import { LIBRARIES, PORTAL } from './channel.mjs';
import { makePair } from './channel_key.mjs';
import { detail, ready, SAMPLES, sheet, submitted } from './cases.mjs';
import { Client } from './client.mjs';
import { everyDesk, passChain, readyOperator } from './people.mjs';
import { sealBy, sealOf } from './seal.mjs';

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
  const officers = await everyDesk();
  who = await readyOperator('hospital', SAMPLES);
  number = await submitted(who, 'hospital', 'mixed');
  await passChain(officers, number);
  const d = await ready(who, number, 'test');
  pdf = Buffer.from(await (await who.client.send('GET', sheet(d, 'test', 'payment').url)).arrayBuffer());
  sheetNumber = sealOf(pdf).number;
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
  assert.deepEqual(Object.keys(found).sort(), ['app_id', 'app_name', 'environment', 'initiator', 'institution', 'kind', 'number', 'replied_at', 'sha256', 'sm3', 'status', 'status_text', 'title']);
  assert.deepEqual([found.institution, found.app_name], [who.institution.name, who.institution.name]);
  assert.equal(found.app_id, (await who.client.get(`applications/${number}/sheets/test`)).app_id);
  assert.equal(found.sha256, createHash('sha256').update(pdf).digest('hex'), 'the digest of the file');
  assert.equal(found.sm3, createHash('sm3').update(pdf).digest('hex'));
  assert.deepEqual(await anyone.get(`verify/${'0'.repeat(32)}`), { status: 'unknown', status_text: '查无此单' });
});

test('the same sheet is the same file, whenever and by how many it is downloaded', async () => {
  const { url } = sheet(await detail(who, number), 'test', 'payment');
  const again = await Promise.all([1, 2, 3].map(() => who.client.send('GET', url)));
  for (const answer of again) assert.ok(pdf.equals(Buffer.from(await answer.arrayBuffer())));
});

test('by file: the file itself, one changed byte, another file', async () => {
  assert.equal((await upload(pdf)).number, sheetNumber);
  for (const at of [0, 100, pdf.length >> 1, pdf.length - 400]) {
    const changed = Buffer.from(pdf);
    changed[at] ^= 1;
    assert.equal((await upload(changed)).status, 'altered', `byte ${at}`);
  }
  for (const at of [pdf.length - 200, pdf.length - 2]) {
    const changed = Buffer.from(pdf); // of the seal, or behind it: what it says is the sheet's still
    changed[at] ^= 1;
    assert.ok(['altered', 'resaved'].includes((await upload(changed)).status), `byte ${at}`);
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

test('what is laid over it, put behind it, cut off or taken from another is never the sheet', async () => {
  const { line: seal, before: body, after: tail, statement } = sealOf(pdf);
  const update = Buffer.from('4 0 obj\n<< /Length 0 >>\nstream\n\nendstream\nendobj\nxref\n0 0\ntrailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n0\n%%EOF\n');
  const behind = statement.replace('sheet 2', 'sheet 1');
  const forged = {
    'an update behind the end': [pdf, update],
    'an update under the seal': [body, update, seal, tail],
    'an update and a second seal': [pdf, update, seal, tail],
    'two seals': [body, seal, seal, tail],
    'the seal twice, as the earlier form has it': [pdf, seal],
    'the earlier form by another key': [pdf, sealBy(makePair(), behind)],
    'the sheet twice': [pdf, pdf],
    'another text under the seal': [Buffer.from('%PDF-1.4\n'), seal, tail],
    'the seal alone': [seal],
    'the seal at the beginning': [seal, body, tail],
    'the seal behind the end': [body, tail, seal],
    'no seal': [body, tail],
    'a seal by another key': [body, sealBy(makePair(), statement), tail],
    'another number in the seal': [body, Buffer.from(seal.toString('latin1').replace(sheetNumber, '0'.repeat(32)), 'latin1'), tail],
    'CRLF at the end': [pdf.subarray(0, -1), Buffer.from('\r\n')],
    'a line more at the end': [pdf, Buffer.from('\n')],
    'cut in the middle': [pdf.subarray(0, pdf.length >> 1)],
    'the head cut off': [pdf.subarray(1)],
    nothing: [Buffer.from('\n')],
    'no PDF': [randomBytes(4096)],
  };
  for (const [what, parts] of Object.entries(forged)) {
    const bytes = Buffer.concat(parts);
    assert.ok(['altered', 'unsealed', 'resaved'].includes((await upload(bytes)).status), what);
    const [code, said] = offline(bytes);
    assert.ok(code === 1 && /^(altered|unsealed)$/.test(said), `${what}: ${code} ${said}`);
  }
  const large = Buffer.concat([pdf, Buffer.alloc(30 << 20), seal]);
  assert.equal((await anyone.send('POST', 'verify', large, { 'content-type': 'application/pdf' })).status, 413);
  assert.deepEqual(offline(large), [1, 'unsealed']);
  assert.equal(offline(pdf, makePair().publicKey)[0], 1, 'by the key of another platform');
});

test('what the seal says is a plain SM2 signature: a library we did not write says so', () => {
  const { body, statement, digest, signature } = sealOf(pdf);
  const hex = (base64) => Buffer.from(base64, 'base64').toString('hex');
  assert.equal(LIBRARIES['sm-crypto'].sm3([...body]), digest);
  for (const [name, lib] of Object.entries(LIBRARIES)) {
    const verifies = (text) => lib.sm2.doVerifySignature(text, hex(signature), hex(publicKey), { hash: true });
    assert.ok(verifies(statement) && !verifies(`${statement} `), name);
  }
});

test('已作废 once the application is given up', async () => {
  const d = await detail(who, number);
  await who.client.post(`applications/${number}/discard`, { version: d.version, reason: '不再接入' });
  assert.equal((await anyone.get(`verify/${sheetNumber}`)).status_text, '已作废');
  assert.equal((await upload(pdf)).status, 'revoked');
});
