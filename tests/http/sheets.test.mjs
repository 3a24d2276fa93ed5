// Every 反馈单 there is (FB-1 … FB-6): as a file, as text, as a picture with its QR code, and changed by a byte.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { before, describe, test } from 'node:test';
import { PORTAL } from './channel.mjs';
import { checkArchive } from './archive.mjs';
import { reportKey } from './channel_key.mjs';
import { acceptanceForm, detail, ready, SAMPLES, sheet, submitted } from './cases.mjs';
import { BASE, Client, sql } from './client.mjs';
import { everyDesk, passChain, readyOperator } from './people.mjs';
import { sealOf } from './seal.mjs';

const folder = mkdtempSync(`${tmpdir()}/sheets-`);
const officers = {};
const anyone = new Client();
let publicKey;

before(async () => {
  Object.assign(officers, await everyDesk());
  publicKey = (await anyone.get('verify/key')).public_key;
});

const run = (command, ...words) => execFileSync(command, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

/** What the screen shows of the same keys, secrets asked for one by one. */
async function values(who, number, environment) {
  const place = `applications/${number}/sheets/${environment}`;
  const seen = await who.client.get(place);
  assert.deepEqual(seen.hidden, environment === 'test' ? ['secret', 'channel_private'] : ['secret']);
  assert.equal(seen.secret, undefined);
  for (const field of seen.hidden) seen[field] = (await who.client.post(`${place}/reveal`, { field })).value;
  await who.client.post(`${place}/reveal`, { field: 'platform_private' }, 422);
  if (environment === 'formal') await who.client.post(`${place}/reveal`, { field: 'channel_private' }, 404);
  return seen;
}

/** Pictures of the sheet as it is scanned; if `badly`, also coarsely, and photographed by hand in poor light. */
function seenOnPaper(name, badly) {
  run('pdftoppm', '-r', '200', '-png', '-singlefile', `${name}.pdf`, name);
  if (!badly) return [`${name}.png`];
  run('pdftoppm', '-r', '150', '-png', '-singlefile', `${name}.pdf`, `${name}-150`);
  run('convert', `${name}.png`, '-background', '#c8c0b0', '-rotate', '4', '-blur', '0x0.8', '-brightness-contrast', '-12x-35', '-attenuate', '0.3', '+noise', 'Gaussian', '-quality', '35', `${name}.jpg`);
  return [`${name}.png`, `${name}-150.png`, `${name}.jpg`];
}

async function checkSheet(who, number, environment, kind) {
  const name = `${folder}/${number.slice(0, 8)}-${environment}-${kind}`;
  const { url, title } = sheet(await detail(who, number), environment, kind);
  const bytes = Buffer.from(await (await who.client.send('GET', url)).arrayBuffer());
  assert.ok(bytes.length <= 100 * 1024, `${bytes.length} bytes`);
  assert.equal(checkArchive(bytes, `${name}.pdf`), title);
  const info = run('pdfinfo', `${name}.pdf`);
  assert.match(info, new RegExp(`^Title:\\s+${title.replace(/[()]/g, '\\$&')}$`, 'm'));
  for (const line of [/^Tagged:\s+yes$/m, /^Pages:\s+1$/m, /^Page size:\s+(841.89 x 595.28|595.28 x 841.89) pts \(A4\)/m, /^Encrypted:\s+no$/m, /^JavaScript:\s+no$/m]) assert.match(info, line);
  const structure = run('pdfinfo', '-struct-text', `${name}.pdf`);
  assert.ok(structure.includes(`H1 (block)\n    "${title}"\n`), 'the title is the heading');
  assert.match(structure, /Table \(block\)\n {4}TR\n {6}TD\n[^]*\n {4}TR\n {6}TH\n {8}"序号"\n/);
  const raw = run('pdftotext', '-raw', `${name}.pdf`, '-');
  const text = raw.replace(/\s/g, '');
  for (const word of [title, '国家医疗保障局受理反馈省级医疗保障部门表', '发起申请单位：广东省医疗保障局', '回复时间：', '受理结果', '同意接入申请', '第1页共1页']) assert.ok(text.includes(word.replace(/\s/g, '')), `${word} in ${text}`);
  const seen = await values(who, number, environment);
  const printed = kind === 'identity' ? [seen.channel_code] : [seen.app_id, seen.secret, seen.channel_public, seen.platform_public, environment === 'test' ? seen.channel_private : '渠道自行生成保管'];
  for (const value of printed) assert.ok(text.includes(value), `${value} in ${text}`);
  if (kind === 'identity') for (const value of [seen.secret, seen.channel_public]) assert.ok(!text.includes(value));
  const pictures = seenOnPaper(name, environment === 'test' && kind === 'payment');
  const sheetNumber = sealOf(bytes).number;
  for (const picture of pictures) assert.equal(run('zbarimg', '--quiet', '--raw', picture).trim(), `${BASE}/verify?number=${sheetNumber}`, picture);
  assert.equal((await anyone.get(`verify/${sheetNumber}`)).status_text, '有效');
  const verified = spawnSync(PORTAL, ['verify', `${name}.pdf`, '--key', publicKey], { encoding: 'utf8' });
  assert.deepEqual([verified.status, verified.stdout], [0, `valid\t${sheetNumber}\n`]);
  assert.equal(Number(sql(`SELECT COUNT(*) FROM audit WHERE deed = 'sheet.download' AND detail LIKE 'sheet=${sheetNumber} %'`)[0][0]), 1);
  return bytes;
}

for (const kind of ['hospital', 'pharmacy'])
  describe(kind, () => {
    let who;
    let number;
    let bytes;
    test('the test sheets', async () => {
      who = await readyOperator(kind, SAMPLES);
      number = await submitted(who, kind, 'auth');
      await passChain(officers, number);
      await ready(who, number, 'test');
      bytes = await checkSheet(who, number, 'test', 'payment');
      await checkSheet(who, number, 'test', 'identity');
    });
    test('the formal sheets', async () => {
      const { version } = await who.client.put(`applications/${number}/acceptance`, { ...(await acceptanceForm(who, kind, 'auth')), version: (await detail(who, number)).version });
      await who.client.post(`applications/${number}/acceptance/submission`, { version });
      await passChain(officers, number);
      await ready(who, number, 'formal');
      await reportKey(who.client, number);
      await checkSheet(who, number, 'formal', 'payment');
      await checkSheet(who, number, 'formal', 'identity');
    });
    test('uploaded with one byte changed it is no sheet', async () => {
      for (let i = 0; i < 12; i++) {
        const changed = Buffer.from(bytes);
        const at = randomInt(bytes.length);
        changed[at] ^= 1 << randomInt(8);
        const { status } = await anyone.call('POST', 'verify', changed, 200, { 'content-type': 'application/pdf' });
        assert.ok(['altered', 'unsealed'].includes(status), `byte ${at}`);
      }
      assert.equal((await anyone.call('POST', 'verify', bytes, 200, { 'content-type': 'application/pdf' })).status, 'valid');
    });
  });
