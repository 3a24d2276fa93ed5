// Every mistake of the self-test, made with real libraries, and what `portal selftest check` says.
import assert from 'node:assert/strict';
import crypto from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { describe, test } from 'node:test';
import { answer, check, checkAll, checkStrict, envelope, LIBRARIES, sheet, shortSignature, wire } from './channel.mjs';
import { makePair, signWith } from './channel_key.mjs';
import { java, javac } from './clients.mjs';
import { cases, DATA, differences, hexOf, more } from './mistakes.mjs';

const { vectors } = JSON.parse(readFileSync(new URL('../vectors/envelopes.json', import.meta.url), 'utf8'));

/** Signed by Node's own crypto: SM2 without a user id when the key was read, ECDSA when it was made here. */
const byNode = (message, key, digest, dsaEncoding) => crypto.sign(digest, Buffer.from(message), { key, dsaEncoding }).toString('hex');

function readByNode(keys) {
  const d = Buffer.from(keys.channelPrivateKey, 'base64');
  const q = Buffer.from(keys.channelPublicKey, 'base64');
  const head = Buffer.from('308187020100301306072a8648ce3d020106082a811ccf5501822d046d306b0201010420', 'hex');
  return crypto.createPrivateKey({ key: Buffer.concat([head, d, Buffer.from('a144034200', 'hex'), q]), format: 'der', type: 'pkcs8' });
}

for (const [name, lib] of Object.entries(LIBRARIES))
  describe(`with ${name}`, () => {
    const keys = sheet(lib);

    test('the right way is ok', () => {
      const d = check(keys, envelope(lib, keys, DATA));
      assert.deepEqual([d.ok, d.step, d.mistake], [true, 'done', null]);
      assert.equal(d.expected, d.inferred);
    });

    const all = name === 'sm-crypto' && !process.env.LONG ? cases(lib) : [...cases(lib), ...more(lib)];
    for (const [i, [mistake, options, data]] of all.entries())
      test(`${mistake} (${i})`, () => {
        const d = check(keys, wire(envelope(lib, keys, data ?? DATA, options), options));
        assert.equal(d.mistake, mistake, JSON.stringify(d, null, 1));
        assert.deepEqual([d.ok, d.mistakes.length], [false, 1], JSON.stringify(d.mistakes));
        assert.ok(d.title && d.advice);
        for (const { language, text } of d.mistakes[0].code) assert.ok(text.length > 100, language);
        assert.equal(d.mistakes[0].code.length, 4);
      });

    for (const [i, [name, options, data]] of differences.entries())
      test(`${name} is no mistake, and said (${i})`, () => {
        const made = envelope(lib, keys, data ?? DATA, options);
        const d = check(keys, made);
        assert.deepEqual([d.ok, d.mistakes, d.differences.map((m) => m.mistake)], [true, [], [name]], JSON.stringify(d, null, 1));
        assert.match(d.differences[0].title, /部分平台如此/);
        assert.notEqual(d.inferred, d.expected);
        const strict = checkStrict(keys, made);
        assert.deepEqual([strict.ok, strict.differences, strict.mistakes.map((m) => m.mistake)], [false, [], [name]]);
      });

    test('user_id_empty: a key that Node read', () => {
      const d = check(keys, envelope(lib, keys, DATA, { sign: (m, k) => byNode(m, readByNode(k), 'sm3', 'der') }));
      assert.deepEqual(d.mistakes.map((m) => m.mistake), ['user_id_empty', 'sign_der']);
    });

    test('sign_ecdsa: a key of the curve whose type is EC', () => {
      const { privateKey, publicKey } = crypto.generateKeyPairSync('ec', { namedCurve: 'SM2' });
      const own = {
        ...keys,
        channelPrivateKey: undefined,
        channelPublicKey: publicKey.export({ format: 'der', type: 'spki' }).subarray(-65).toString('base64'),
      };
      for (const digest of ['sm3', 'sha256'])
        for (const encoding of ['ieee-p1363', 'der']) {
          const d = check(own, envelope(lib, own, DATA, { sign: (m) => byNode(m, privateKey, digest, encoding) }));
          assert.deepEqual(d.mistakes.map((m) => m.mistake), ['sign_ecdsa', ...(encoding === 'der' ? ['sign_der'] : [])]);
        }
    });

    test('sign_key_wrong: what stands there is found out', () => {
      const d = check(keys, envelope(lib, keys, DATA, { key: `&key=${keys.appId}` }));
      assert.equal(d.mistake, 'sign_key_wrong');
      assert.ok(d.inferred.endsWith(`&key=${keys.appId}`) && d.expected.endsWith(`&key=${keys.appSecret}`));
    });

    test('environment_mixed: the keys of another sheet', () => {
      const formal = sheet(lib);
      assert.equal(check(keys, envelope(lib, formal, DATA)).mistake, 'environment_mixed');
      assert.equal(check(keys, envelope(lib, { ...keys, appId: formal.appId }, DATA)).mistake, 'environment_mixed');
    });

    test('own_public_key, signed_by_platform: the wrong one of two public keys', () => {
      const good = envelope(lib, keys, DATA);
      assert.equal(check({ ...keys, platformPublicKey: keys.channelPublicKey }, good).mistake, 'own_public_key');
      assert.equal(check(keys, answer(lib, keys, DATA)).mistake, 'signed_by_platform');
      const platform = hexOf(keys.platformPublicKey);
      assert.equal(check(keys, envelope(lib, keys, DATA, { options: { publicKey: platform } })).mistake, 'sign_z_other_key');
    });

    test('private_key_33_bytes: cut off at the wrong end; kept whole it is fine', () => {
      const java = Buffer.concat([Buffer.alloc(1), Buffer.from(keys.channelPrivateKey, 'base64')]);
      assert.equal(check({ ...keys, channelPrivateKey: java.toString('base64') }, envelope(lib, keys, DATA)).ok, true);
      const cut = java.subarray(0, 32).toString('hex');
      assert.equal(check(keys, envelope(lib, keys, DATA, { privateKey: cut })).mistake, 'private_key_33_bytes');
    });

    test('two mistakes at once are both named', () => {
      const d = check(keys, envelope(lib, keys, DATA, { spaces: true, escapes: true, encData: (c) => c.toLowerCase() }));
      assert.deepEqual(d.mistakes.map((m) => m.mistake), ['enc_data_lower_case', 'json_spaces', 'json_escapes']);
    });

    test('short r and s are fine when they are padded', () => {
      for (let i = 0; i < 3; i++) {
        const made = envelope(lib, keys, DATA, { sign: (m, k) => shortSignature(lib, m, hexOf(k.channelPrivateKey)) });
        assert.equal(check(keys, made).ok, true);
      }
    });
  });

describe('without a library', () => {
  const lib = LIBRARIES['sm-crypto'];
  const keys = sheet(lib);

  test('the published examples give the published sign string', () => {
    for (const v of vectors) assert.equal(check({ ...v, platformPublicKey: keys.platformPublicKey }, v.envelope).expected, v.signString);
  });

  test('what is no envelope at all', () => {
    assert.equal(check(keys, 'hello').mistake, 'envelope_not_json');
    assert.equal(check(keys, '').mistake, 'envelope_not_json');
    assert.equal(check(keys, '{"appId":"x"}').mistake, 'field_missing');
    assert.equal(check({ ...keys, platformPublicKey: 'AAAA' }, '{}').mistake, 'keys_unreadable');
    assert.equal(check(keys, envelope(lib, keys, DATA, { fields: { signType: 'RSA' } })).mistake, 'field_value');
    assert.equal(check(keys, envelope(lib, { ...keys, appSecret: keys.appSecret.split('').reverse().join('') }, DATA)).mistake, 'sm4_key_wrong');
    assert.equal(check(keys, envelope(lib, keys, DATA, { encode: () => 'AAAA' })).mistake, 'sign_malformed');
    assert.equal(check(keys, envelope(lib, keys, DATA, { signedData: { some: 'thing else' } })).mistake, 'signature_mismatch');
  });
});

describe('with Bouncy Castle', () => {
  const lib = LIBRARIES['sm-crypto'];
  const keys = sheet(lib);
  const folder = mkdtempSync(`${tmpdir()}/mistakes-`);
  const data = { userName: "测试 it's R&D", count: 3, nested: { z: '末', a: [{ k: '值' }] } };
  writeFileSync(`${folder}/keys.json`, JSON.stringify(keys));
  const path = javac('mistakes', new URL('java/Mistakes.java', import.meta.url).pathname);
  const made = java(path, 'Mistakes', [`${folder}/keys.json`], `${JSON.stringify(data)}\n`).trim().split('\n').map((line) => line.split('\t'));
  const found = checkAll(keys, made.map(([, message]) => message));
  rmSync(folder, { recursive: true });

  for (const [i, [mistake]] of made.entries())
    test(`${mistake} (${i})`, () => {
      const said = [...found[i].mistakes, ...found[i].differences];
      assert.deepEqual([said[0]?.mistake ?? 'none', said.length], [mistake, mistake === 'none' ? 0 : 1], JSON.stringify(found[i], null, 1));
    });

  test('all that can be made with it are among them', () => assert.ok(new Set(made.map(([m]) => m)).size >= 34, `${new Set(made.map(([m]) => m)).size}`));
});

describe('with the openssl program', () => {
  const lib = LIBRARIES['sm-crypto'];
  const pair = makePair();
  const keys = { ...sheet(lib), channelPrivateKey: undefined, channelPublicKey: pair.publicKey };
  const ID = ['-sigopt', 'distid:1234567812345678'];
  const signed = (text, options) => Buffer.from(signWith(pair, text, options), 'base64');
  const der = (raw) => {
    const integer = (b) => {
      const n = Buffer.from(strip(b.toString('hex')).padStart(2, '0'), 'hex');
      const whole = n[0] & 0x80 ? Buffer.concat([Buffer.alloc(1), n]) : n;
      return Buffer.concat([Buffer.from([2, whole.length]), whole]);
    };
    const body = Buffer.concat([integer(raw.subarray(0, 32)), integer(raw.subarray(32))]);
    return Buffer.concat([Buffer.from([0x30, body.length]), body]);
  };
  const strip = (hex) => hex.replace(/^(00)+/, '');
  const cases = {
    none: (m) => signed(m, ID),
    user_id_empty: (m) => signed(m, []),
    user_id_other: (m) => signed(m, ['-sigopt', 'distid:1234567887654321']),
    sign_newline: (m) => signed(`${m}\n`, ID), // echo "$string" | openssl …
    sign_der: (m) => der(signed(m, ID)),
  };
  for (const [mistake, sign] of Object.entries(cases))
    test(mistake, () => {
      const d = check(keys, envelope(lib, keys, DATA, { sign: (m) => sign(m).toString('hex') }));
      assert.deepEqual([d.mistake ?? 'none', d.mistakes.length], [mistake, mistake === 'none' ? 0 : 1], JSON.stringify(d.mistakes));
    });
});

describe('keys in other forms', () => {
  const lib = LIBRARIES['sm-crypto'];
  const keys = sheet(lib);
  const good = envelope(lib, keys, DATA);
  const [d, q] = [keys.channelPrivateKey, keys.channelPublicKey].map((text) => Buffer.from(text, 'base64'));
  const spki = Buffer.concat([Buffer.from('3059301306072a8648ce3d020106082a811ccf5501822d034200', 'hex'), q]);
  const sec1 = Buffer.concat([Buffer.from('30310201010420', 'hex'), d, Buffer.from('a00a06082a811ccf5501822d', 'hex')]);
  const pkcs8 = Buffer.concat([Buffer.from('304d020100301306072a8648ce3d020106082a811ccf5501822d0433', 'hex'), sec1]);
  const pem = (der, name) => `-----BEGIN ${name}-----\n${der.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END ${name}-----\n`;
  const url = (bytes) => bytes.toString('base64url');
  const forms = {
    channelPublicKey: { hex: q.toString('hex'), 'hex in upper case': q.toString('hex').toUpperCase(), 'hex without 04': q.subarray(1).toString('hex'), SPKI: spki.toString('base64'), PEM: pem(spki, 'PUBLIC KEY'), 'base64url': url(q), 'a line end behind it': `${keys.channelPublicKey}\n`, 'a line end in it': `${keys.channelPublicKey.slice(0, 44)}\n${keys.channelPublicKey.slice(44)}`, 'hex with colons': q.toString('hex').replace(/..(?!$)/g, '$&:') },
    channelPrivateKey: { 'a line end in it': `${keys.channelPrivateKey.slice(0, 30)}\n${keys.channelPrivateKey.slice(30)}`, hex: d.toString('hex'), 'hex in upper case': d.toString('hex').toUpperCase(), '0x': `0x${d.toString('hex')}`, SEC1: sec1.toString('base64'), 'PKCS#8': pkcs8.toString('base64'), 'PEM, PKCS#8': pem(pkcs8, 'PRIVATE KEY'), 'PEM, SEC1': pem(sec1, 'EC PRIVATE KEY'), 'hex of PKCS#8': pkcs8.toString('hex') },
    appSecret: { 'a blank behind it': `${keys.appSecret} `, 'a line end in it': `${keys.appSecret.slice(0, 20)}\r\n${keys.appSecret.slice(20)}` },
    appId: { 'a line end behind it': `${keys.appId}\r\n`, 'a line end in it': `${keys.appId.slice(0, 16)}\n${keys.appId.slice(16)}` },
  };
  for (const [field, list] of Object.entries(forms))
    for (const [name, text] of Object.entries(list))
      test(`${field}: ${name} is read, and named`, () => {
        const found = check({ ...keys, [field]: text }, good);
        assert.deepEqual(found.mistakes.map((m) => m.mistake), ['key_format'], JSON.stringify(found));
        const twice = check({ ...keys, [field]: text }, envelope(lib, keys, DATA, { spaces: true }));
        assert.deepEqual(twice.mistakes.map((m) => m.mistake), ['key_format', 'json_spaces']);
      });

  test('64 bytes without 04 and 33 bytes with 00 are as on the sheet', () => {
    const java = { ...keys, channelPublicKey: q.subarray(1).toString('base64'), channelPrivateKey: Buffer.concat([Buffer.alloc(1), d]).toString('base64') };
    assert.equal(check(java, good).ok, true);
  });

  test('no key at all, 0, n, and a point beside the curve are unreadable', () => {
    const off = Buffer.from(q);
    off[64] ^= 1;
    const n = Buffer.from('fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123', 'hex');
    for (const wrong of [{ channelPublicKey: 'AAAA' }, { channelPublicKey: off.toString('base64') }, { channelPublicKey: off.toString('hex') }, { channelPrivateKey: Buffer.alloc(32).toString('base64') }, { channelPrivateKey: n.toString('base64') }, { channelPrivateKey: n.toString('hex') }, { appId: '' }, { appSecret: null }, { channelPrivateKey: 'ä' }, { platformPublicKey: pem(sec1, 'EC PRIVATE KEY') }])
      assert.equal(check({ ...keys, ...wrong }, good).mistake, 'keys_unreadable', JSON.stringify(wrong));
  });

  test('a file of keys with BOM and CRLF is read', () => {
    const made = check(`\ufeff${JSON.stringify(keys, null, 2).replaceAll('\n', '\r\n')}`, good);
    assert.equal(made.ok, true);
  });
});

test('--lines keeps step after a line too long, and names it', () => {
  const lib = LIBRARIES['sm-crypto'];
  const keys = sheet(lib);
  const good = JSON.stringify(envelope(lib, keys, DATA));
  const found = checkAll(keys, [good, 'x'.repeat(70000), '{', good, JSON.stringify({ a: 'y'.repeat(16384) })]);
  assert.deepEqual(found.map((d) => d.mistake), [null, 'envelope_too_large', 'envelope_not_json', null, 'envelope_too_large']);
});

test('a time off by the hours of a zone says which', () => {
  const lib = LIBRARIES['sm-crypto'];
  const keys = sheet(lib);
  const at = (hours) => check(keys, envelope(lib, keys, DATA, { timestamp: String(Date.now() + hours * 3600e3) }));
  assert.match(at(-8).note, /慢了 8 小时：像是 UTC\+0 /);
  assert.match(at(1).note, /快了 1 小时：像是 UTC\+9 /);
  assert.match(at(8).note, /快了 8 小时/);
  for (const hours of [-8, 1, 8, -13]) assert.deepEqual([at(hours).mistake, at(hours).ok], ['timestamp_zone', false], `${hours}`);
  for (const hours of [-7.5, -20.1, -30]) assert.equal(at(hours).ok, true, `${hours}`);
});

describe('envelopes that are written differently but right', () => {
  const lib = LIBRARIES['sm-crypto'];
  const keys = sheet(lib);
  const good = envelope(lib, keys, DATA);
  const ways = {
    'fields in another order': JSON.stringify(Object.fromEntries(Object.entries(good).reverse())),
    'blanks and line ends': JSON.stringify(good, null, 2).replaceAll('\n', '\r\n'),
    'escaped letters': JSON.stringify(good).replace('appId', '\\u0061ppId').replaceAll('/', '\\/'),
    'an empty extra and null fields': JSON.stringify({ ...good, extra: '', transType: null, more: {}, list: [] }),
    'a further field that is signed': JSON.stringify(envelope(lib, keys, DATA, { fields: { transType: '6201' } })),
    'extra, which is not signed': JSON.stringify({ ...good, extra: { any: ['thing'] } }),
    'data with blanks, encrypted as it is': JSON.stringify(envelope(lib, keys, DATA, { encryptBytes: [...Buffer.from(JSON.stringify(DATA, null, 2))] })),
    'data with escapes, encrypted as it is': JSON.stringify(envelope(lib, keys, DATA, { encryptBytes: [...Buffer.from(JSON.stringify(DATA).replaceAll('值', '\\u503c'))] })),
    'an empty data beside encData': JSON.stringify({ ...good, data: '' }),
    'data that is null': JSON.stringify({ data: null, ...good }),
    'data that is an empty object': JSON.stringify({ ...good, data: {} }),
    'a time of 14 digits': JSON.stringify(envelope(lib, keys, DATA, { timestamp: new Date(Date.now() + 8 * 3600e3).toISOString().replace(/\D/g, '').slice(0, 14) })),
    'a time nobody can read': JSON.stringify(envelope(lib, keys, DATA, { timestamp: 'now' })),
  };
  for (const [name, text] of Object.entries(ways))
    test(name, () => {
      const d = check(keys, text);
      assert.equal(d.ok, true, JSON.stringify(d.mistakes));
    });
});
