// Every mistake of the joint-test bench, made with real libraries, and what `portal bench check` says.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import crypto from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { answer, check, envelope, LIBRARIES, sheet, shortSignature } from './channel.mjs';

const DATA = {
  userName: '测试人员',
  fee: 12.5,
  count: 3,
  orgCodg: 'H44010300001',
  nested: { z: '末', a: [1, { k: '值', b: '' }], none: null },
  empty: '',
};
const b64 = (hex) => Buffer.from(hex, 'hex').toString('base64');
const hexOf = (text) => Buffer.from(text, 'base64').toString('hex');
const gbk = (text) => execFileSync('iconv', ['-f', 'UTF-8', '-t', 'GBK'], { input: text });
const strip = (hex) => hex.replace(/^(00)+/, '');

/** Signed by Node's own crypto: SM2 without a user id when the key was read, ECDSA when it was made here. */
const byNode = (message, key, digest, dsaEncoding) => crypto.sign(digest, Buffer.from(message), { key, dsaEncoding }).toString('hex');

function readByNode(keys) {
  const d = Buffer.from(keys.channelPrivateKey, 'base64');
  const q = Buffer.from(keys.channelPublicKey, 'base64');
  const head = Buffer.from('308187020100301306072a8648ce3d020106082a811ccf5501822d046d306b0201010420', 'hex');
  return crypto.createPrivateKey({ key: Buffer.concat([head, d, Buffer.from('a144034200', 'hex'), q]), format: 'der', type: 'pkcs8' });
}

/** [mistake, options of envelope(), data] */
const cases = (lib) => [
  ['sign_der', { options: { der: true }, encode: (hex) => b64(hex.replace(/^0+(?=30)/, '')) }],
  ['sign_hex_base64', { encode: (hex) => Buffer.from(hex).toString('base64') }],
  ['sign_hex', { encode: (hex) => hex }],
  ['sign_without_z', { options: { hash: false } }],
  ['sign_without_z', { sign: (m, k) => lib.sm2.doSignature([...Buffer.from(lib.sm3(m), 'hex')], hexOf(k.channelPrivateKey), { hash: false }) }],
  ['user_id_other', { options: { userId: '1234567887654321' } }],
  ['user_id_other', { sign: (m, k) => lib.sm2.doSignature(m, hexOf(k.channelPrivateKey), { hash: true, userId: k.appId }) }],
  ['sm4_key_base64', { sm4: 'base64' }],
  ['sm4_key_raw_bytes', { sm4: 'raw' }],
  ['sm4_key_app_secret', { sm4: 'secret' }],
  ['sm4_key_app_secret', { sm4: 'secretHex' }],
  ['sm4_key_lower_case', { sm4: 'lower' }],
  ['sm4_key_app_id', { sm4: 'appId' }],
  ['enc_data_lower_case', { encData: (c) => c.toLowerCase() }],
  ['enc_data_base64', { encData: b64 }],
  ['enc_data_malformed', { encData: (c) => c.slice(0, -2) }],
  ['numbers_quoted', { signedData: { ...DATA, fee: '12.5' } }],
  ['numbers_quoted', { signedData: { ...DATA, count: '3', fee: '12.5', nested: { ...DATA.nested, a: ['1', { k: '值' }] } } }],
  ['numbers_quoted', { signedData: { a: 1, idNo: '110105194912310021' } }, { a: '1', idNo: '110105194912310021' }],
  ['json_spaces', { spaces: true }],
  ['json_escapes', { escapes: true }],
  ['not_utf8', { signBytes: (t) => [...gbk(t)] }],
  ['not_utf8', { encryptBytes: [...gbk(JSON.stringify(DATA))] }],
  ['not_utf8', { encryptBytes: [...gbk(JSON.stringify(DATA))], signBytes: (t) => [...gbk(t)] }],
  ['signed_after_encryption', { withoutData: true }],
  ['signed_after_encryption', { withoutData: true, signCipher: true }],
  ['data_left_in', { dataLeftIn: true }],
  ['nested_unsorted', { keepOrder: true }],
  ['empties_kept', { keepEmpties: true }],
  ['sign_not_padded', { sign: (m, k) => shortSignature(lib, m, hexOf(k.channelPrivateKey)), encode: (h) => b64(strip(h.slice(0, 64)) + strip(h.slice(64))) }],
  ['sign_key_missing', { key: '' }],
  ['sign_key_wrong', { key: '&key=' }],
  ['timestamp_far_off', { timestamp: '1577808000000' }],
  ['timestamp_far_off', { timestamp: String(Date.now() + 90 * 86400e3) }],
];

for (const [name, lib] of Object.entries(LIBRARIES))
  describe(`with ${name}`, () => {
    const keys = sheet(lib);

    test('the right way is ok', () => {
      const d = check(keys, envelope(lib, keys, DATA));
      assert.deepEqual([d.ok, d.step, d.mistake], [true, 'done', null]);
      assert.equal(d.expected, d.inferred);
    });

    for (const [i, [mistake, options, data]] of cases(lib).entries())
      test(`${mistake} (${i})`, () => {
        const d = check(keys, envelope(lib, keys, data ?? DATA, options));
        assert.equal(d.mistake, mistake, JSON.stringify(d, null, 1));
        assert.deepEqual([d.ok, d.mistakes.length], [false, 1], JSON.stringify(d.mistakes));
        assert.ok(d.title && d.advice);
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
  const { vectors } = JSON.parse(readFileSync(new URL('../vectors/envelopes.json', import.meta.url), 'utf8'));
  const lib = LIBRARIES['sm-crypto'];
  const keys = sheet(lib);

  test('the published examples give the published sign string', () => {
    for (const v of vectors) assert.equal(check({ ...v, platformPublicKey: keys.platformPublicKey }, v.envelope).expected, v.signString);
  });

  test('user_id_empty: the openssl program without distid', async () => {
    const { makePair, signWith } = await import('./channel_key.mjs');
    const pair = makePair();
    const made = envelope(lib, keys, DATA, { sign: (m) => Buffer.from(signWith(pair, m, []), 'base64').toString('hex') });
    assert.equal(check({ ...keys, channelPrivateKey: undefined, channelPublicKey: pair.publicKey }, made).mistake, 'user_id_empty');
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
