// Files are shown to a real clamd by a job: the form does not wait, officers and decisions do, and
// what is infected is kept apart and its owner told.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { bytes, pdf, pdfStream } from '../samples/formats.mjs';
import { applicationForm, detail, SAMPLES } from './cases.mjs';
import { Clamd, EICAR } from './clamd.mjs';
import { setting, sql, until, VAR } from './client.mjs';
import { decide, officer, readyOperator } from './people.mjs';

const DIR = `${VAR}/cache/antivirus`;
const clamd = new Clamd(`${VAR}/run/clamd`);
const restart = (socket) =>
  execFileSync('deploy/up', ['--no-build', ...process.env.UP_ARGS.split(' ')], { stdio: 'ignore', env: { ...process.env, JIERU_CLAMD: socket } });
const INFECTED = `${DIR}/带毒的补充协议.pdf`;
let who;
let local;

before(async () => {
  mkdirSync(DIR, { recursive: true });
  writeFileSync(INFECTED, pdf({ objects: [pdfStream(bytes(EICAR))] }));
  restart(clamd.socket); // which is not there yet: files wait
  who = await readyOperator('hospital', SAMPLES);
  local = await officer('gz01');
});
after(async () => {
  await clamd.end();
  restart('');
});

const state = (key) => sql(`SELECT state FROM upload_scan WHERE upload_id = '${key}'`)[0]?.[0];
const due = () => sql("UPDATE job SET run_at = 0 WHERE state = 1 AND kind = 'scan_upload'");
const place = (key) => {
  const [[digest]] = sql(`SELECT digest FROM upload WHERE id = '${key}'`);
  return { kept: `${setting('PORTAL_STORE')}/${digest.slice(0, 2)}/${digest.slice(2, 4)}/${digest}`, apart: `${setting('PORTAL_STORE')}/quarantine/${digest}` };
};

/** Files an application with this as its 补充协议; its number. */
async function filed(supplement) {
  const { number, version } = await who.client.create('applications', { ...(await applicationForm(who, 'hospital', 'mixed')), supplement });
  await who.client.post(`applications/${number}/submission`, { version });
  return number;
}

test('while the scanner is away files wait: the form goes on, officers do not', async () => {
  const key = await who.client.upload('supplement', `${SAMPLES}/补充协议.pdf`);
  assert.equal((await who.client.get(`uploads/${key}`)).scan, 'waiting');
  assert.equal((await who.client.send('GET', `uploads/${key}/content`)).status, 200);
  const number = await filed(key);
  const seen = await local.get(`applications/${number}`);
  assert.equal(seen.files.supplement.scan, 'waiting');
  const opened = await local.send('GET', `uploads/${key}/content`);
  assert.equal(opened.status, 409);
  assert.match((await opened.json()).detail, /正在进行安全检测/);
  const passed = await local.send('POST', `applications/${number}/decision`, { version: seen.version, event: 'pass' });
  assert.equal(passed.status, 409);
  assert.match((await passed.json()).detail, /正在进行安全检测，请稍后再通过/);

  await clamd.start();
  await until(() => (due(), state(key) === '2'));
  assert.equal((await local.get(`applications/${number}`)).files.supplement.scan, 'clean');
  assert.equal((await local.send('GET', `uploads/${key}/content`)).status, 200);
  await until(() => (due(), sql('SELECT COUNT(*) FROM upload_scan WHERE state = 1')[0][0] === '0'));
  await decide(local, number, 'pass', '同意');
  const d = await detail(who, number);
  await who.client.post(`applications/${number}/discard`, { version: d.version, reason: '测试' });
});

test('an infected file is kept apart, its owner told, and nothing passes with it', async () => {
  await clamd.end();
  const key = await who.client.upload('supplement', INFECTED);
  assert.match(key, /^[0-9a-f]{32}$/);
  const number = await filed(key);
  const { kept, apart } = place(key);
  assert.ok(existsSync(kept));
  await clamd.start();
  await until(() => (due(), state(key) === '3'));

  assert.ok(!existsSync(kept) && existsSync(apart));
  assert.equal((await who.client.send('GET', `uploads/${key}/content`)).status, 404);
  assert.equal((await local.send('GET', `uploads/${key}/content`)).status, 404);
  const { items } = await who.client.get('messages');
  assert.match(items.find((m) => m.title === '文件未通过安全检测').text, /“带毒的补充协议\.pdf”中发现病毒，已被隔离/);
  assert.deepEqual(sql(`SELECT deed FROM audit WHERE object = 'upload/${key}' ORDER BY id DESC LIMIT 1`), [['upload.quarantine']]);

  const seen = await local.get(`applications/${number}`);
  assert.equal(seen.files.supplement.scan, 'infected');
  const passed = await local.send('POST', `applications/${number}/decision`, { version: seen.version, event: 'pass' });
  assert.equal(passed.status, 409);
  assert.match((await passed.json()).detail, /“带毒的补充协议\.pdf”中发现病毒，不能通过/);
  await decide(local, number, 'reject', '请更换文件');
  const d = await detail(who, number);
  // nor can it be filed again
  const again = await who.client.send('POST', `applications/${number}/submission`, { version: d.version });
  assert.equal(again.status, 422);
  await who.client.post(`applications/${number}/discard`, { version: d.version, reason: '测试' });
});
