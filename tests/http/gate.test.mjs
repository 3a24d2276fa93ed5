// What may pass the gate and what may not: two sets of files, by `portal inspect` and by upload.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { SAMPLES } from './cases.mjs';
import { VAR } from './client.mjs';
import { readyOperator } from './people.mjs';

const PORTAL = `${process.env.JIERU_BUILD ?? 'build'}/portal`;
const DIR = `${VAR}/cache/gate`;
let who;

before(async () => {
  execFileSync('node', ['tests/samples/sound.mjs', SAMPLES, `${DIR}/sound`]);
  execFileSync('node', ['tests/samples/polyglots.mjs', SAMPLES, `${DIR}/hostile`]);
  execFileSync('node', ['tests/samples/causes.mjs', SAMPLES, `${DIR}/causes`]);
  who = await readyOperator('hospital', SAMPLES);
});

/** Lines of `portal inspect` for a table of slot and file, one run per slot: [{file, verdict, reason}]. */
function inspected(dir, table) {
  const rows = readFileSync(`${dir}/${table}`, 'utf8').trim().split('\n').map((line) => line.split('\t'));
  return [...new Set(rows.map(([slot]) => slot))].flatMap((slot) => {
    const files = rows.filter((row) => row[0] === slot).map(([, file]) => `${dir}/${file}`);
    const { stdout } = spawnSync(PORTAL, ['inspect', '--slot', slot, ...files], { encoding: 'utf8', maxBuffer: 64 << 20 });
    const lines = stdout.trim().split('\n').map((line) => line.split('\t'));
    assert.equal(lines.length, files.length);
    return lines.map(([file, verdict, reason, copy]) => ({ file, verdict, reason, copy }));
  });
}

test('every sound file is accepted', (t) => {
  const seen = [...inspected(`${DIR}/sound`, 'sound.tsv'), ...inspected(`${DIR}/hostile`, 'hosts.tsv')];
  t.diagnostic(`${seen.length} files`);
  assert.deepEqual(seen.filter(({ verdict }) => verdict !== 'accepted'), []);
});

test('no file that is two things, or not what it says, is accepted', (t) => {
  const seen = inspected(`${DIR}/hostile`, 'hostile.tsv');
  t.diagnostic(`${seen.length} files`);
  assert.ok(seen.length >= 500);
  assert.deepEqual(seen.filter(({ verdict, reason }) => verdict !== 'refused' || !reason || /结构过于复杂/.test(reason)), []);
});

test('the RAR files are what other programs read, too', () => {
  for (const file of ['hostile/hosts/host.rar', 'hostile/hosts/host.old.rar'])
    assert.equal(execFileSync('bsdtar', ['-xOf', `${DIR}/${file}`, 'a.txt'], { encoding: 'utf8' }), 'text');
  for (const file of ['causes/four.rar', 'sound/five.rar']) assert.match(execFileSync('bsdtar', ['-tf', `${DIR}/${file}`], { encoding: 'utf8' }), /\.txt|\.bin/);
});

test('a second format has its own reason', () => {
  const two = inspected(`${DIR}/hostile`, 'hostile.tsv').filter(({ file }) => /\/\d+-(before|behind)-/.test(file));
  assert.deepEqual(two.filter(({ file, reason }) => !reason.startsWith('文件中含有其他格式的内容') && !/behind-(mp4|listed-film)\.jpg|before-(exe|elf|shell)\.(zip|rar|docx)/.test(file)), []); // a photograph that moves; what unpacks itself
});

test('each cause has its own verdict, and each reason a file', (t) => {
  const texts = Object.fromEntries([...readFileSync('handlers/rules/table/inspect.def', 'utf8').matchAll(/^REASON\((\w+),\s*"(.*)"\)/gm)].map(([, name, text]) => [text, name]));
  const wanted = Object.fromEntries(readFileSync(`${DIR}/causes/causes.tsv`, 'utf8').trim().split('\n').map((line) => line.split('\t').slice(1)));
  const seen = inspected(`${DIR}/causes`, 'causes.tsv').map(({ file, verdict, reason, copy }) => [file.split('/').pop(), verdict === 'accepted' ? (copy ?? verdict) : (texts[reason] ?? 'KIND')]);
  t.diagnostic(`${seen.length} files`);
  assert.deepEqual(Object.fromEntries(seen), wanted);
  assert.deepEqual(Object.values(texts).filter((name) => name !== 'NONE' && !Object.values(wanted).includes(name)), []);
});

test('an upload gets the same verdict', async () => {
  const refused = await who.client.upload('application_letter', `${SAMPLES}/bad/加密的申请函.pdf`);
  assert.equal(refused.status, 422);
  assert.match((await refused.json()).detail, /已加密/);
  const row = readFileSync(`${DIR}/hostile/hostile.tsv`, 'utf8').split('\n').find((line) => line.includes('behind-zip.pdf')).split('\t');
  const two = await who.client.upload(row[0], `${DIR}/hostile/${row[1]}`);
  assert.equal(two.status, 422);
  assert.match((await two.json()).detail, /文件中含有其他格式的内容/);
  assert.match(await who.client.upload('plan', `${DIR}/sound/updated-twice.pdf`), /^[0-9a-f]{32}$/);
});
