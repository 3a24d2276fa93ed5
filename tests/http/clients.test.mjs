// The sample clients of deploy/clients/, as an integrator runs them, against the sandbox.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { before, describe, test } from 'node:test';
import { ready, SAMPLES, sheet, submitted } from './cases.mjs';
import { keysOf } from './channel.mjs';
import { BASE, Client } from './client.mjs';
import { BCPROV, CLIENTS, SOURCES } from './clients.mjs';
import { everyDesk, passChain, readyOperator } from './people.mjs';

const SANDBOX = `${BASE}/api/v1/sandbox`;
let keys;

before(async () => {
  const officers = await everyDesk();
  const who = await readyOperator('hospital', SAMPLES);
  const number = await submitted(who, 'hospital', 'mixed');
  await passChain(officers, number);
  keys = await keysOf(who.client, sheet(await ready(who, number, 'test'), 'test', 'payment').url);
});

for (const [name, client] of Object.entries(CLIENTS))
  describe(`the client in ${name}`, () => {
    const send = (service, data, k = keys) => client(k, `${JSON.stringify(data)}\n`, 'call', SANDBOX, service);
    const call = (service, data) => {
      const { status, lines, error } = send(service, data);
      assert.equal(status, 0, error);
      return JSON.parse(lines[0]);
    };
    const medOrgOrd = `${name}-${Date.now()}`;
    let payOrdId;

    test('makes an order, once', () => {
      const order = { medOrgOrd, orgCodg: 'H44010300001', feeSumamt: '12.50', psnName: '测试' };
      const made = call('order-create', order);
      assert.deepEqual([made.ordStas, made.feeSumamt, made.medOrgOrd], ['PAID', '12.50', medOrgOrd]);
      payOrdId = made.payOrdId;
      assert.equal(call('order-create', { ...order, feeSumamt: 12.5 }).payOrdId, payOrdId);
    });

    test('finds it', () => {
      assert.equal(call('order-query', { payOrdId }).payOrdId, payOrdId);
      assert.equal(call('order-query', { medOrgOrd }).payOrdId, payOrdId);
    });

    test('pays back', () => {
      assert.equal(call('refund', { payOrdId, appRefdSn: '1', refdAmt: '2.5' }).ordStas, 'PART_REFUNDED');
      assert.equal(call('refund', { payOrdId, appRefdSn: '2' }).ordStas, 'REFUNDED');
    });

    test('shows why the platform refused, which is signed as well', () => {
      const { status, lines, error } = send('refund', { payOrdId, appRefdSn: '3', refdAmt: '0.01' });
      assert.deepEqual([status, lines], [1, []]);
      assert.match(error, /AMOUNT: 退款金额/);
    });

    test('believes nobody but the platform', async () => {
      const stranger = { ...keys, platformPublicKey: keys.channelPublicKey };
      const { status, error } = send('order-query', { payOrdId }, stranger);
      assert.equal(status, 1);
      assert.match(error, /the signature is not the platform's/);
    });

    test('refuses an answer that was tampered with', async () => {
      const [envelope] = client(keys, `${JSON.stringify({ payOrdId })}\n`, 'seal').lines;
      const answer = await new Client().call('POST', 'sandbox/order-query', envelope);
      const open = (a) => client(keys, `${JSON.stringify(a)}\n`, 'open');
      assert.equal(JSON.parse(open(answer).lines[0]).payOrdId, payOrdId);
      const changed = (text) => (text[0] === 'A' ? 'B' : 'A') + text.slice(1);
      const tampered = [{ ...answer, success: false }, { ...answer, encData: changed(answer.encData) }, { ...answer, signData: undefined }];
      // each is a run of its own: all of them only where that costs little
      if (name === 'c') tampered.push({ ...answer, message: 'x' }, { ...answer, signData: changed(answer.signData) }, { ...answer, code: null });
      for (const one of tampered) assert.equal(open(one).status, 1, JSON.stringify(one));
    });
  });

test('the download holds them all, as they are', async () => {
  const folder = mkdtempSync(`${tmpdir()}/download-`);
  const answer = await fetch(`${BASE}/documents/jieru-clients.zip`);
  assert.equal(answer.status, 200);
  writeFileSync(`${folder}/x.zip`, Buffer.from(await answer.arrayBuffer()));
  execFileSync('unzip', ['-q', `${folder}/x.zip`, '-d', folder]);
  const list = (root) => readdirSync(root, { recursive: true, withFileTypes: true }).filter((e) => e.isFile()).map((e) => `${e.parentPath ?? e.path}/${e.name}`.slice(root.length)).sort();
  assert.deepEqual(list(`${folder}/jieru-clients`), list(SOURCES));
  for (const file of list(SOURCES)) assert.equal(readFileSync(`${folder}/jieru-clients${file}`, 'utf8'), readFileSync(SOURCES + file, 'utf8'), file);

  // made ready and run where they were unpacked, with the commands that stand in their README
  const root = `${folder}/jieru-clients`;
  const readme = readFileSync(`${root}/README.md`, 'utf8');
  const shell = (command, cwd, input) => {
    assert.ok(readme.includes(command), command);
    return execFileSync('sh', ['-c', `${command} ${input ? '"$@"' : ''}`, 'sh', ...(input?.args ?? [])], { cwd, input: input?.text, encoding: 'utf8' });
  };
  cpSync(BCPROV, `${root}/java/bcprov.jar`);
  cpSync(BCPROV, `${root}/bcprov.jar`);
  symlinkSync(new URL('../../web/node_modules', import.meta.url).pathname, `${root}/js/node_modules`); // npm install
  shell('make', `${root}/c`);
  shell('javac -encoding UTF-8 -cp bcprov.jar *.java', `${root}/java`);
  writeFileSync(`${root}/keys.json`, JSON.stringify(keys));
  const made = ['c/client', 'java -cp java:bcprov.jar Client', 'node js/client.js', 'python3 python/client.py'].map((command, i) =>
    JSON.parse(shell(command, root, { args: ['keys.json', 'call', SANDBOX, 'order-create'], text: `{"medOrgOrd":"D${Date.now()}-${i}","orgCodg":"H44010300001","feeSumamt":"12.50"}\n` })),
  );
  for (const order of made) assert.deepEqual([order.ordStas, order.feeSumamt], ['PAID', '12.50']);
  rmSync(folder, { recursive: true });
});

test('what the pages show of them is in them', async () => {
  const { samples } = await new Client().get('sandbox');
  const all = list();
  const plain = (text) => text.replace(/[ \t]+/g, ' ').replace(/\n /g, '\n').trim();
  for (const { sample, code } of samples)
    for (const { language, text } of code) assert.ok(text.length > 100 && all.some((source) => plain(source).includes(plain(text))), `${sample} ${language}`);

  function list() {
    return ['c/channel.c', 'c/json.c', 'c/sm.c', 'java/Channel.java', 'java/Json.java', 'js/channel.js', 'python/channel.py', 'python/sm.py'].map((file) => readFileSync(`${SOURCES}/${file}`, 'utf8'));
  }
});
