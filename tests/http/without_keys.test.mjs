// The workers with the vault are away: what needs private keys says so at once, all else goes on.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { applicationForm, detail, ready, SAMPLES, sheet, submitted } from './cases.mjs';
import { makePair, sign } from './channel_key.mjs';
import { Client, setting, until, VAR } from './client.mjs';
import { memoryHits, processes } from './memory.mjs';
import { everyDesk, passChain, readyOperator } from './people.mjs';
import { sealOf } from './seal.mjs';

const anyone = new Client();
const officers = {};
const up = () => execFileSync('deploy/up', ['--no-build', ...(process.env.UP_ARGS ?? '').split(' ').filter(Boolean)], { stdio: 'ignore' });
const reached = async () => (await anyone.send('POST', 'sandbox/order-query', '{}')).status !== 503;
let who;
let number;
let url;
let pdf;
const load = async () => Buffer.from(await (await who.client.send('GET', url)).arrayBuffer());

before(async () => {
  Object.assign(officers, await everyDesk());
  who = await readyOperator('hospital', SAMPLES);
  number = await submitted(who, 'hospital', 'mixed');
  await passChain(officers, number);
  url = sheet(await ready(who, number, 'test'), 'test', 'payment').url;
  pdf = await load();
  process.kill(Number(readFileSync(`${VAR}/run/pid/keys`, 'utf8').split(' ')[0]), 'SIGTERM');
  await until(async () => !(await reached()));
});

let back = false;
after(() => back || up());

test('sheets, keys, 联调自测 and the sandbox: 503 in our own words, with when to come again', async () => {
  const place = `applications/${number}`;
  const asked = [
    [who.client, 'GET', url],
    [who.client, 'GET', `${place}/sheets/test`],
    [who.client, 'POST', `${place}/sheets/test/reveal`, { field: 'secret' }],
    [who.client, 'POST', `${place}/selftest`, { envelope: '{}' }],
    [anyone, 'POST', 'sandbox/order-create', '{}'],
  ];
  for (const [client, method, path, body] of asked) {
    const answer = await client.send(method, path, body);
    assert.deepEqual([answer.status, answer.headers.get('content-type'), answer.headers.get('retry-after')], [503, 'application/problem+json', '5'], path);
    assert.match((await answer.json()).title, /服务暂时不可用.*请稍后再试/);
  }
});

test('everything else works: verification by number and by file, 上报渠道公钥, new applications, the bureaus', async () => {
  assert.equal((await anyone.get(`verify/${sealOf(pdf).number}`)).status, 'valid');
  assert.equal((await anyone.call('POST', 'verify', pdf, 200, { 'content-type': 'application/pdf' })).status, 'valid');
  assert.ok((await anyone.get('verify/key')).public_key);
  const again = new Client();
  await again.loginOperator(who.operator.phone, who.operator.password);
  assert.ok((await detail(who, number)).sheets.every((s) => s.ready));
  const pair = makePair();
  const { challenge } = await who.client.get(`applications/${number}/channel-key`);
  await who.client.post(`applications/${number}/channel-key`, { public_key: pair.publicKey, signature: sign(pair, challenge) });
  const { number: draft } = await who.client.create('applications', await applicationForm(who, 'hospital', 'auth'));
  await who.client.del(`applications/${draft}`);
  assert.equal((await officers.nation.get(`applications/${number}/credentials`)).may, true);
  // none of them has the vault open, whatever it was asked
  const [, hex] = readFileSync(setting('PORTAL_VAULT'), 'utf8').split('\n').filter((line) => /^\d/.test(line)).at(-1).split(' ');
  if (process.getuid() === 0) for (const service of ['public', 'review']) for (const pid of processes(service)) assert.equal(memoryHits(pid, [Buffer.from(hex), Buffer.from(hex, 'hex')])?.hits ?? 0, 0, service);
});

test('what was decided meanwhile is there when they are back', async () => {
  await officers.nation.post(`applications/${number}/credentials/test/reissue`, { serial: 1, reason: '密钥泄露' });
  await until(async () => (await officers.nation.get(`applications/${number}/credentials`)).items[0].serial === 2);
  assert.equal((await who.client.send('GET', url)).status, 503);
  up();
  back = true;
  await until(reached);
  assert.notEqual(sealOf(await load()).number, sealOf(pdf).number);
  assert.equal((await anyone.call('POST', 'verify', pdf, 200, { 'content-type': 'application/pdf' })).status, 'revoked');
});
