// 上报渠道公钥: keys and signatures as the usual libraries make them, the usual mistakes by name,
// private keys refused and kept nowhere, challenges good for one report.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { before, describe, test } from 'node:test';
import { keysOf, LIBRARIES, shortSignature } from './channel.mjs';
import { der, forms, makeCurve, makePair, sign, signWith } from './channel_key.mjs';
import { detail, ready, SAMPLES, sheet, submitted } from './cases.mjs';
import { java, javac } from './clients.mjs';
import { Client, redis, setting, sql, VAR } from './client.mjs';
import { databaseDump } from './keyring.mjs';
import { everyDesk, passChain, readyOperator } from './people.mjs';

const VECTORS = JSON.parse(readFileSync(new URL('../vectors/key_texts.json', import.meta.url)));
const b64 = (hex) => Buffer.from(hex, 'hex').toString('base64');
const hex = (text) => Buffer.from(text, 'base64').toString('hex');
const HASHED = { hash: true, userId: '1234567812345678' };
let who;
let number; // of 授权 at one application
let other; // another application of the same institution, for another app
let stranger; // another unit's
let strangerNumber;

const path = (of = number) => `applications/${of}/channel-key`;
const challenge = async (of, client = who.client) => (await client.get(path(of))).challenge;
/** As many as the test needs: 30 a minute are for people. */
function unlimited() {
  for (const key of redis('--scan', '--pattern', 'rate:*channel-key*').split('\n').filter(Boolean)) redis('SET', key, '-10000', 'EX', '60');
}
async function report(public_key, signature, { of, client = who.client, status = 200 } = {}) {
  const answer = await client.send('POST', path(of), { public_key, signature });
  if (answer.status === 429) {
    unlimited();
    return report(public_key, signature, { of, client, status });
  }
  const body = await answer.json();
  assert.equal(answer.status, status, JSON.stringify({ body, public_key, signature }));
  return status === 200 ? body : Object.fromEntries(body.errors.map((e) => [e.field, e.text]));
}
const refused = (public_key, signature, more) => report(public_key, signature, { ...more, status: 422 });
const kept = async (of) => (await who.client.get(path(of))).current?.public_key;

before(async () => {
  const officers = await everyDesk();
  who = await readyOperator('hospital', SAMPLES);
  number = await submitted(who, 'hospital', 'auth');
  await passChain(officers, number);
  other = await submitted(who, 'hospital', 'mixed');
  await passChain(officers, other);
  stranger = await readyOperator('hospital', SAMPLES);
  strangerNumber = await submitted(stranger, 'hospital', 'mixed');
  await passChain(officers, strangerNumber);
  await ready(who, number, 'test');
});

describe('however the usual tools write the key, one form of it is kept', () => {
  test('openssl', async () => {
    for (const [name, text, pair] of forms()) {
      await report(text, sign(pair, await challenge()));
      assert.equal(await kept(), pair.publicKey, name);
    }
  });

  for (const [name, lib] of Object.entries(LIBRARIES))
    test(name, async () => {
      const { sm2 } = lib;
      const ways = [
        (q) => [q, (s) => s],
        (q) => [q.toUpperCase(), (s) => b64(s)],
        (q) => [b64(q), (s) => b64(s)],
        (q) => [q.slice(2), (s) => `${s.slice(0, 64)}\r\n${s.slice(64)}\n`],
        (q) => [sm2.compressPublicKeyHex(q), (s) => b64(s)],
      ];
      for (const way of ways) {
        const { publicKey, privateKey } = sm2.generateKeyPairHex();
        const [text, written] = way(publicKey);
        const signed = sm2.doSignature(await challenge(), privateKey.padStart(64, '0'), HASHED).padStart(128, '0');
        assert.deepEqual(Object.keys(await report(text, written(signed))), ['public_key', 'reported_at']);
        assert.equal(await kept(), b64(publicKey));
      }
    });

  test('Bouncy Castle, and its private keys and mistakes', async () => {
    const classes = javac('channelkey', new URL('java/ChannelKey.java', import.meta.url).pathname);
    const c = await challenge();
    const rows = java(classes, 'ChannelKey', [c]).trim().split('\n').map((line) => line.split(/[:\t]/)).map(([kind, name, ...text]) => ({ kind, name, text: text.join(':') }));
    const of = (kind) => rows.filter((row) => row.kind === kind);
    const [{ text: q }] = of('public');
    const [{ text: good }, { text: same }] = of('good');
    assert.notEqual(good, same);
    for (const { name, text } of of('private')) assert.match((await refused(text, good)).public_key, /已泄露/, name);
    for (const { name, text } of of('bad')) assert.match((await refused(q, text)).signature, new RegExp(name));
    for (const { name, text } of of('public')) assert.equal((await refused(text, 'AA==')).public_key, undefined, name);
    await report(q, same);
    assert.equal(await kept(), rows.find((row) => row.name === 'getQ').text);
  });

  test('a short r or s', async () => {
    const lib = LIBRARIES['sm-crypto-v2'];
    const pair = lib.sm2.generateKeyPairHex();
    await report(b64(pair.publicKey), b64(shortSignature(lib, await challenge(), pair.privateKey)));
  });
});

describe('what is no key of this application is refused with the reason', () => {
  const signed = 'A'.repeat(86).concat('==');

  test('other curves and algorithms, the point at infinity, points beside the curve, scraps', async () => {
    const words = { p256: /P-256/, other_curve: /其他曲线/, rsa: /RSA/, infinity: /无穷远点/, off_curve: /不是 SM2 曲线上的点/, unknown: /无法识别/, private: /已泄露.*重新生成/ };
    for (const { name, is, text } of VECTORS.texts)
      if (is !== 'public') assert.match((await refused(text, signed)).public_key, words[is], name);
    assert.match((await refused(makeCurve('prime256v1'), signed)).public_key, /P-256/);
  });

  test('the platform’s, the test pair’s', async () => {
    const keys = await keysOf(who.client, sheet(await detail(who, number), 'test', 'payment').url);
    assert.match((await refused(keys.platformPublicKey, signed)).public_key, /平台公钥/);
    assert.match((await refused(keys.channelPublicKey, signed)).public_key, /测试环境/);
    assert.match((await refused(hex(keys.channelPublicKey), signed)).public_key, /测试环境/);
    const { public_key } = await who.client.get('verify/key');
    assert.match((await refused(public_key, signed)).public_key, /平台公钥/);
  });

  test('one that was replaced, another application’s, another unit’s', async () => {
    const first = makePair();
    const second = makePair();
    await report(first.publicKey, sign(first, await challenge()));
    await report(second.publicKey, sign(second, await challenge()));
    assert.match((await refused(first.publicKey, sign(first, await challenge()))).public_key, /已被替换/);
    assert.match((await refused(second.publicKey, sign(second, await challenge(other)), { of: other })).public_key, /已用于其他申请单/);
    const theirs = sign(second, await challenge(strangerNumber, stranger.client));
    assert.match((await refused(second.publicKey, theirs, { of: strangerNumber, client: stranger.client })).public_key, /已用于其他申请单/);
    await report(second.publicKey, sign(second, await challenge()));
  });

  test('the same key for two applications at once: one of them', async () => {
    for (let round = 0; round < 5; round++) {
      const pair = makePair();
      const bodies = [];
      for (const of of [number, other]) bodies.push([of, sign(pair, await challenge(of))]);
      const answers = await Promise.all(bodies.map(([of, signature]) => who.client.send('POST', path(of), { public_key: pair.publicKey, signature })));
      assert.equal(answers.filter(({ status }) => status === 200).length <= 1, true);
      const rows = sql(`SELECT application_id FROM channel_key WHERE public_key = '${pair.publicKey}'`);
      assert.equal(rows.length, answers.filter(({ status }) => status === 200).length);
    }
  });
});

describe('mistakes of signing by name', () => {
  test('openssl: its own default id, DER, a line end, a digest, ECDSA', async () => {
    const pair = makePair();
    const c = await challenge();
    const id = ['-sigopt', 'distid:1234567812345678'];
    const said = async (signature) => (await refused(pair.publicKey, signature)).signature;
    assert.match(await said(signWith(pair, c, [])), /用户标识为空/);
    assert.match(await said(signWith(pair, `${c}\n`, id)), /换行/);
    assert.match(await said(signWith(pair, `${c}\r\n`, id)), /换行/);
    assert.match(await said(der(pair, c, id).toString('base64')), /DER/);
    assert.match(await said(der(pair, c, id).toString('hex')), /DER/);
    assert.match(await said(der(pair, `${c}\n`, id).toString('base64')), /换行.*DER/);
    assert.match(await said(signWith(pair, Buffer.from(c.split(':')[2], 'hex'), id)), /一部分/);
    assert.match(await said(signWith(pair, c, ['-sigopt', 'distid:ALICE123@YAHOO.COM'])), /示例/);
    assert.match(await said(sign(makePair(), c)), /不符/);
    assert.match(await said(c), /挑战值本身/);
    assert.match(await said(pair.publicKey), /这里填写的是公钥/);
    for (const text of ['', 'x', 'MEUCIQ==', '签名']) assert.ok(await said(text));
  });

  for (const [name, lib] of Object.entries(LIBRARIES))
    test(name, async () => {
      const { sm2, sm3 } = lib;
      const { publicKey, privateKey } = sm2.generateKeyPairHex();
      const c = await challenge();
      const said = async (signature) => (await refused(publicKey, signature)).signature;
      const signed = (text, options) => sm2.doSignature(text, privateKey, { ...HASHED, ...options }).padStart(128, '0');
      assert.match(await said(signed(c, { hash: false })), /缺少.*Z 值/);
      assert.match(await said(signed(c, { userId: '' })), /用户标识为空|缺少/);
      assert.match(await said(signed(`${c}\n`)), /换行/);
      assert.match(await said(signed(JSON.stringify(c))), /引号/);
      assert.match(await said(signed(c, { der: true })), /DER/);
      assert.match(await said(signed(sm3(c))), /摘要再次/);
      assert.match(await said(signed([...Buffer.from(sm3(c), 'hex')])), /摘要再次/);
      assert.match(await said(signed([...Buffer.from(c, 'base64')])), /Base64 解码/);
      assert.match(await said(signed(Buffer.from(c).toString('base64'))), /Base64 编码/);
      assert.match(await said(signed(Buffer.from(c).toString('hex'))), /十六进制/);
      const good = signed(c);
      assert.match(await said(good.slice(64) + good.slice(0, 64)), /颠倒/);
      if (name !== 'sm-crypto') { // quick enough to find one
        let short = good;
        while (!short.startsWith('00')) short = signed(c);
        assert.match(await said(b64(short.slice(2))), /不足 32 字节/);
      }
      await report(publicKey, good); // the challenge has stayed
    });
});

describe('a challenge is good for one report', () => {
  test('of 100 at once exactly one wins', async () => {
    await refused('00', 'AA==');
    unlimited();
    const pairs = Array.from({ length: 4 }, makePair);
    const c = await challenge();
    const bodies = pairs.map((pair) => ({ public_key: pair.publicKey, signature: sign(pair, c) }));
    const before = Number(sql(`SELECT COUNT(*) FROM channel_key`)[0][0]);
    const answers = await Promise.all(Array.from({ length: 100 }, (_, i) => who.client.send('POST', path(), bodies[i % 4])));
    const statuses = answers.map(({ status }) => status);
    assert.equal(statuses.filter((status) => status === 200).length, 1);
    assert.ok(statuses.every((status) => [200, 422].includes(status)), `${statuses}`);
    assert.equal(Number(sql(`SELECT COUNT(*) FROM channel_key`)[0][0]), before + 1);
  });

  test('not twice, not for another application, not in another session, not after its time', async () => {
    const pair = makePair();
    const c = await challenge();
    const signature = sign(pair, c);
    for (const of of [other]) {
      await challenge(of);
      assert.match((await refused(pair.publicKey, signature, { of })).signature, /不符/);
    }
    const again = await readyAgain();
    assert.match((await refused(pair.publicKey, signature, { client: again })).signature, /已使用或已失效/);
    assert.equal(await challenge(), c);
    const keys = redis('--scan', '--pattern', `channel_challenge:${number}:*`).split('\n').filter(Boolean);
    for (const key of keys) assert.ok(Number(redis('TTL', key)) <= 900);
    const { expires_at } = await who.client.get(path());
    assert.ok(expires_at <= Date.now() / 1000 + 901);
    await report(pair.publicKey, signature);
    assert.match((await refused(pair.publicKey, signature)).signature, /已使用或已失效/);
    // its time is over; and shortly before it another one is shown
    const late = await challenge();
    const [key] = redis('--scan', '--pattern', `channel_challenge:${number}:*`).split('\n').filter((k) => redis('GET', k).includes(late));
    redis('SET', key, `${Math.floor(Date.now() / 1000) - 700} ${late}`, 'EX', '200');
    assert.notEqual(await challenge(), late);
    redis('DEL', key);
    assert.match((await refused(pair.publicKey, sign(pair, late))).signature, /已使用或已失效/);
  });

  /** The same person signed in once more. */
  async function readyAgain() {
    const client = new Client();
    const session = await client.loginOperator(who.operator.phone, who.operator.password);
    if (!session.institution) await client.put('session/institution', { institution_id: (await client.get('session/institutions')).items[0].id });
    return client;
  }
});

test('history: who, when, which, what became of it', async () => {
  const { history, current } = await who.client.get(path());
  assert.ok(history.length > 10);
  assert.deepEqual(current, history[0]);
  assert.equal(history[0].state, 'current');
  assert.ok(history.slice(1).every(({ state, public_key }) => state === 'replaced' || public_key === current.public_key));
  assert.match(history[0].by, /\*/);
  assert.ok(history.every((row, i) => !i || row.reported_at <= history[i - 1].reported_at));
});

test('a private key that was sent is kept nowhere', async () => {
  const secrets = [];
  for (let i = 0; i < 2; i++) {
    const pair = makePair();
    const own = execFileSync('openssl', ['ec', '-in', `${pair.folder}/key.pem`, '-outform', 'DER'], { stdio: ['ignore', 'pipe', 'ignore'] });
    const at = own.indexOf(Buffer.from([2, 1, 1, 4, 32])) + 5;
    const d = own.subarray(at, at + 32);
    const signature = sign(pair, await challenge());
    const sealed = execFileSync('openssl', ['pkcs8', '-topk8', '-in', `${pair.folder}/key.pem`, '-passout', 'pass:x'], { encoding: 'utf8' });
    for (const text of [sealed, d.toString('hex'), d.toString('base64'), readFileSync(`${pair.folder}/key.pem`, 'utf8'), own.toString('base64')]) {
      assert.match((await refused(text, signature)).public_key, /已泄露/);
      assert.match((await refused(pair.publicKey, text)).signature, /已泄露/);
      await who.client.call('POST', path(), { public_key: text, signature }, 422, { 'idempotency-key': createHash('sha256').update(d).digest('hex').slice(0, 32) });
      await who.client.call('POST', path(), { public_key: pair.publicKey, signature, private_key: text }, 422);
    }
    secrets.push(d, d.toString('hex'), d.toString('hex').toUpperCase(), d.toString('base64').slice(0, 42), own.toString('base64').slice(8, 56));
    unlimited();
  }
  const needles = secrets.map((s) => Buffer.from(s));
  const hits = (bytes) => needles.filter((needle) => bytes.includes(needle)).length;
  assert.equal(hits(databaseDump()), 0);
  assert.equal(hits(execFileSync('redis-cli', ['-s', setting('PORTAL_REDIS_SOCKET'), '--rdb', '-'], { maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] })), 0);
  const files = (folder) => readdirSync(folder, { withFileTypes: true }).flatMap((e) => (e.isDirectory() ? files(`${folder}/${e.name}`) : e.isFile() ? [`${folder}/${e.name}`] : []));
  for (const file of ['log', 'nginx', 'kv', 'store'].flatMap((name) => files(`${VAR}/${name}`))) if (existsSync(file) && statSync(file).size < 1 << 28) assert.equal(hits(readFileSync(file)), 0, file);
});
