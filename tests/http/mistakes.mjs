// The mistakes of the self-test, as options of envelope() (channel.mjs): one row each. What needs
// keys of its own stands in selftest_mistakes.test.mjs.
import { execFileSync } from 'node:child_process';
import crypto from 'node:crypto';
import { cipherKey, shortSignature } from './channel.mjs';

export const DATA = {
  userName: '测试人员',
  fee: 12.5,
  count: 3,
  orgCodg: 'H44010300001',
  nested: { z: '末', a: [1, { k: '值', b: '' }], none: null },
  empty: '',
};
export const b64 = (hex) => Buffer.from(hex, 'hex').toString('base64');
export const hexOf = (text) => Buffer.from(text, 'base64').toString('hex');
const gbk = (text) => execFileSync('iconv', ['-f', 'UTF-8', '-t', 'GBK'], { input: text });
const javaMap = (v) => {
  if (Array.isArray(v)) return `[${v.map(javaMap).join(', ')}]`;
  if (v && typeof v === 'object') return `{${Object.entries(v).map(([k, x]) => `${k}=${javaMap(x)}`).join(', ')}}`;
  return String(v);
};
const pythonStr = (v) => {
  if (Array.isArray(v)) return `[${v.map(pythonStr).join(', ')}]`;
  if (v && typeof v === 'object') return `{${Object.entries(v).map(([k, x]) => `'${k}': ${pythonStr(x)}`).join(', ')}}`;
  return typeof v === 'string' ? `'${v}'` : v === null ? 'None' : String(v);
};
const zeroPadded = (text) => [...Buffer.concat([Buffer.from(text), Buffer.alloc(16)]).subarray(0, Math.ceil((Buffer.byteLength(text) + 1) / 16) * 16)];
const strip = (hex) => hex.replace(/^(00)+/, '');

const NOW = Date.now();
const RAW = '{ "b": 1,\n\t"a" : "" }';
const viaNode = (lib, keys, name, vector) => {
  const cipher = crypto.createCipheriv(name, Buffer.from(cipherKey(lib, keys)), vector);
  return Buffer.concat([cipher.update(JSON.stringify(DATA)), cipher.final()]).toString('hex').toUpperCase();
};
/** [mistake, options of envelope(), data] */
export const cases = (lib) => [
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
  ['sign_base64_form', { encode: (hex) => b64(hex).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '') }],
  ['sign_base64_form', { encode: (hex) => b64(hex).replace(/.{64}/, '$&\r\n') }],
  ['sign_digest_again', { signBytes: (t) => lib.sm3(t) }],
  ['sign_digest_again', { signBytes: (t) => lib.sm3(t).toUpperCase() }],
  ['sign_digest_again', { signBytes: (t) => [...Buffer.from(lib.sm3(t), 'hex')] }],
  ['sign_newline', { signBytes: (t) => `${t}\n` }],
  ['sign_url_encoded', { url: encodeURIComponent }],
  ['sign_url_encoded', { url: (t) => new URLSearchParams({ '': t }).toString().slice(1) }],
  ['data_not_json_text', { dataText: (d) => `${d}` }],
  ['data_not_json_text', { dataText: javaMap }],
  ['data_not_json_text', { dataText: pythonStr }],
  ['json_escapes', { dataText: (d) => JSON.stringify(d).replaceAll("'", '\\u0027').replaceAll('=', '\\u003d') }, { a: "it's 1=1" }],
  ['json_escapes', { dataText: (d) => JSON.stringify(d).replaceAll('&', '\\u0026') }, { a: 'R&D' }],
  ['json_escapes', { dataText: (d) => JSON.stringify(d).replaceAll('/', '\\/').replaceAll('值', '\\u503c') }, { a: '值/1' }],
  ['json_escapes', { dataText: (d) => JSON.stringify(d).replaceAll('\\"', '\\u0022').replaceAll('值', '\\u503C') }, { a: '"值"' }],
  ['numbers_rewritten', { dataText: (d) => JSON.stringify(d).replace(':3', ':3.0') }, { count: 3 }],
  ['numbers_rewritten', { encryptBytes: [...Buffer.from('{"fee":12.50}')] }, { fee: 12.5 }],
  ['numbers_rewritten', { encryptBytes: [...Buffer.from('{"fee":12.00}')] }, { fee: 12 }],
  ['enc_data_sm2', { encData: (c, k) => `04${lib.sm2.doEncrypt('{"a":1}', hexOf(k.platformPublicKey), 1)}`.toUpperCase() }],
  ['enc_data_sm2', { encData: (c, k) => b64(lib.sm2.doEncrypt('{"a":1}', hexOf(k.platformPublicKey), 0)) }],
  ['enc_data_sm2', { encData: () => 'BI3Q5vM8Q/PeAir7JdSCez69VJ4XoxQ6uz0w8lDlWZ8rbNUvyRpQxtU2k30p1uLa+v5mQ+IACrCeVvi2XgeYjBwrgfMA2EDx1ekB79EOS2sbpKg/pgp5X1hxaTaULMtGPayDTYof8g==' }], // its x begins with 04
  ['sm4_mode', { cipher: { mode: 'cbc', iv: '0'.repeat(32) } }],
  ['sm4_mode', { cipher: { mode: 'cbc', iv: '00112233445566778899aabbccddeeff' } }],
  ['sm4_padding', { encryptBytes: zeroPadded(JSON.stringify(DATA)), cipher: { padding: 'none' } }],
  ['envelope_bom', { wire: (t) => `\ufeff${t}` }],
  ['envelope_quoted', { wire: (t) => JSON.stringify(t) }],
  ['envelope_not_json', { wire: (t) => t.slice(1) }],
  ['envelope_form', { wire: (t) => encodeURIComponent(t) }],
  ['field_missing', { wire: (t) => t.replace('"version":"2.0.1",', '') }],
  ['field_value', { fields: { encType: 'sm4' } }],
  ['fields_unsorted', { pairOrder: (names) => [...names.filter((n) => n !== 'data'), 'data'] }],
  ['extra_signed', { fields: { extra: 'x' }, signExtra: true }],
  ['data_malformed', { encryptBytes: [...Buffer.from('"text"')] }],
  ['sm4_key_wrong', { sm4: 'none' }],
  ['sign_malformed', { encode: () => 'AAAA' }],
  ['signature_mismatch', { signedData: { some: 'thing else' } }],
  ['timestamp_far_off', { timestamp: '1577808000000' }],
  ['timestamp_far_off', { timestamp: String(Date.now() + 90 * 86400e3) }],
];

/** Further ways, which one library may show. */
export const more = (lib) => {
  // a + that became a blank shows only where there is one
  const plusSignature = (m, k) => {
    for (;;) {
      const made = lib.sm2.doSignature(m, hexOf(k.channelPrivateKey), { hash: true });
      if (b64(made).includes('+')) return made;
    }
  };
  return [
  ['enc_data_sm2', { encData: (c, k) => `04${lib.sm2.doEncrypt('{"a":1}', hexOf(k.platformPublicKey), 0)}`.toUpperCase() }],
  ['enc_data_blanks', { encData: (c) => `0x${c}` }],
  ['enc_data_blanks', { encData: (c) => c.replace(/(..)/g, '$1 ') }],
  ['enc_data_encoded_twice', { encData: (c) => Buffer.from(c).toString('base64') }],
  ['enc_data_base64', { encData: (c) => Buffer.from(c, 'hex').toString('base64url') }],
  ['enc_data_base64', { encData: (c) => b64(c).replaceAll('+', ' ') }],
  ['enc_data_twice', { twice: true }],
  ['sm4_key_part', { sm4: 'tail' }],
  ['sm4_key_first_step', { sm4: 'idBytes' }],
  ['sm4_key_first_step', { sm4: 'secretBytes' }],
  ['sm4_key_first_step', { sm4: 'turned' }],
  ['sm4_mode', { encryptBytes: [...Buffer.from(JSON.stringify(DATA))], cipher: { mode: 'cbc', iv: Buffer.from('UISwD9fW6cFh9SNS').toString('hex') } }],
  ['data_bom', { encryptBytes: [...Buffer.from(`\ufeff${JSON.stringify(DATA)}`)] }],
  ['data_quoted', { encryptBytes: [...Buffer.from(JSON.stringify(JSON.stringify(DATA)))] }],
  ['data_quoted', { dataText: (d) => JSON.stringify(JSON.stringify(d)) }, { a: '1' }],
  ['data_wrapped', { encryptBytes: [...Buffer.from(`{"data":${JSON.stringify(DATA)}}`)] }],
  ['not_utf8', { encryptBytes: [...Buffer.from(JSON.stringify(DATA), 'utf16le')] }],
  ['not_utf8', { signBytes: (t) => [...Buffer.from(t, 'utf16le')] }],
  ['not_utf8', { signBytes: (t) => [...Buffer.from(t.replace(/[^\u0000-\u00ff]/g, '?'), 'latin1')] }],
  ['not_utf8', { signBytes: (t) => [...Buffer.from(Buffer.from(t).toString('latin1'))] }],
  ['sign_newline', { signBytes: (t) => `\ufeff${t}` }],
  ['sign_newline', { signBytes: (t) => `${t}\r\n` }],
  ['sign_newline', { signBytes: (t) => `${t} ` }],
  ['sign_swapped', { encode: (h) => b64(h.slice(64) + h.slice(0, 64)) }],
  ['sign_base64_twice', { encode: (h) => Buffer.from(b64(h)).toString('base64') }],
  ['sign_url', { encode: (h) => encodeURIComponent(b64(h)) }],
  ['sign_url', { sign: plusSignature, encode: (h) => b64(h).replaceAll('+', ' ') }],
  ['sign_is_digest', { sign: (m) => lib.sm3(m) }],
  ['sign_is_digest', { sign: (m) => lib.sm3(m), encode: (h) => h }],
  ['sign_string_other', { signBytes: (t) => t.replace(/^.*&data=(.*)&encType.*(&key=.*)$/, '$1$2') }],
  ['sign_string_other', { signCipher: true, signBytes: (t) => t.replace(/^.*&encData=(.*)&encType.*(&key=.*)$/, '$1$2') }],
  ['sign_key_wrong', { key: (s) => `&key=${s.toLowerCase()}` }],
  ['sign_key_wrong', { key: (s) => `&appSecret=${s}` }],
  ['sign_key_wrong', { signBytes: (t) => t.replace(/^(.*)&(key=[0-9A-F]+)$/, '$2&$1') }],
  ['sign_key_wrong', { signBytes: (t) => t.replace(/^(.*)(&signType.*)(&key=[0-9A-F]+)$/, '$1$3$2') }],
  ['field_not_signed', { fields: { transType: '6201' }, signBytes: (t) => t.replace('&transType=6201', '') }],
  ['field_not_signed', { signBytes: (t) => t.replace('&version=2.0.1', '') }],
  ['timestamp_changed', { timestamp: String(NOW), signBytes: (t) => t.replace(`timestamp=${NOW}`, `timestamp=${NOW - 412}`) }],
  ['timestamp_changed', { signBytes: (t) => t.replace(/(timestamp=\d{10})\d{3}/, '$1') }],
  ['numbers_rewritten', { dataText: () => '{"fee":100}', encryptBytes: [...Buffer.from('{"fee":1e2}')] }, { fee: 100 }],
  ['numbers_rewritten', { dataText: () => '{"fee":1.00}' }, { fee: 1 }],
  ['numbers_rewritten', { dataText: () => '{"n":12345678901234567000}', encryptBytes: [...Buffer.from('{"n":12345678901234567890}')] }, { n: 1 }],
  ['numbers_rewritten', { dataText: () => '{"a":1,"fee":1.2345678E7}' }, { a: 1, fee: 12345678 }],
  ['numbers_rewritten', { dataText: () => '{"a":3,"fee":12.50}' }, { a: 3, fee: 12.5 }],
  ['json_spaces', { dataText: (d) => JSON.stringify(d, null, 2) }, { a: '1', b: [1, { c: 2 }] }],
  ['json_spaces', { dataText: (d) => JSON.stringify(d, null, 4) }, { a: '1', b: [1, { c: 2 }] }],
  ['json_spaces', { dataText: (d) => JSON.stringify(d).replaceAll(':', ': ') }, { a: '1', b: 2 }],
  ['nested_unsorted', { dataText: () => '{"a":{"y":1,"x":2},"b":"1"}' }, { b: '1', a: { y: 1, x: 2 } }],
  ['field_value', { fields: { version: '2.0' } }],
  ['field_name', { wire: (t) => t.replace('"encData"', '"encdata"') }],
  ['field_name', { wire: (t) => t.replace('"appId"', '"app_id"') }],
  ['app_id_written', { wire: (t) => t.replace(/"appId":"(\w+)"/, (_, id) => `"appId":"${id.toLowerCase()}"`) }],
  ['environment_mixed', { fields: { appId: '0123456789ABCDEF0123456789ABCDEF' } }],
  ['envelope_form', { wire: (t) => new URLSearchParams(JSON.parse(t)).toString() }],
  ['envelope_not_json', { wire: (t) => `${t}${t}` }],
  ['envelope_not_json', { wire: (t) => t.replace('"encType":"SM4"', '"encType":"SM4","encType":"SM4"') }],
  ['envelope_not_json', { wire: (t) => `[${t}]` }],
  ['timestamp_zone', { timestamp: String(NOW + 8 * 3600e3) }],
  ['timestamp_zone', { timestamp: String(NOW + 3600e3) }],
  ['timestamp_zone', { timestamp: String(NOW - 8 * 3600e3) }],
  ['timestamp_zone', { timestamp: new Date(NOW).toISOString().replace(/\D/g, '').slice(0, 14) }],
  ['timestamp_far_off', { timestamp: String(NOW + 1800e3) }],
  ['empties_kept', { dataText: () => '{"a":{"x":"1"},"b":{"y":null,"z":[]},"c":null}' }, { a: { x: '1' }, b: { y: null, z: [] }, c: null }],
  ['nested_unsorted', { dataText: () => '{"patientName":"张","feeSumamt":"1","orgCodg":"H1"}' }, { orgCodg: 'H1', patientName: '张', feeSumamt: '1' }],
  ['numbers_rewritten', { dataText: () => '{"n":1.2345678e+07}' }, { n: 12345678 }],
  ['data_as_sent', { dataText: () => RAW, encryptBytes: [...Buffer.from(RAW)] }, { b: 1, a: '' }],
  ['data_as_sent', { dataText: () => RAW, encryptBytes: [...Buffer.from(RAW)], signBytes: (t) => `${t}\n`.trim() }, { b: 1, a: '' }],
  ['data_garbled', {}, { userName: '????', fee: 1 }],
  ['data_garbled', {}, { userName: '张\ufffd', fee: 1 }],
  ['data_garbled', {}, { userName: Buffer.from('测试').toString('latin1') }],
  ['data_garbled', {}, { userName: new TextDecoder('gbk').decode(Buffer.from('测试人员')) }],
  ['sign_joined', { signBytes: (t) => t.replace(/[=&](?=.*&key=)/g, '') }],
  ['sign_joined', { signBytes: (t) => t.replace(/&(?!key=)/g, ',') }, { a: '1' }],
  ['sign_key_wrong', { key: (s) => `&key=${s.slice(0, 20)}\n${s.slice(20)}` }],
  ['sign_key_wrong', { key: (s) => `&key=${s}${s}` }],
  ['fields_unsorted', { pairOrder: (names) => [...names].reverse() }],
  ['fields_unsorted', { pairOrder: ([a, b, c, d, ...rest]) => [d, b, ...rest, a, c] }],
  ['sign_url_encoded', { signBytes: (t) => encodeURIComponent(t) }],
  ['sm4_mode', { encData: (c, k) => viaNode(lib, k, 'sm4-ctr', Buffer.alloc(16)) }],
  ['timestamp_far_off', { timestamp: '2020-01-01 08:00:00' }],
  ];
};

/** What some platforms do, too: no mistakes unless the test is strict. [difference, options of envelope(), data] */
export const differences = [
  ['numbers_quoted_first', { signedData: { ...DATA, count: '3', fee: '12.5' } }],
  ['numbers_quoted_first', { dataText: () => '{"a":"1","b":"true","c":{"d":2}}' }, { a: 1, b: true, c: { d: 2 } }],
  ['empties_depth', { dataText: () => '{"a":"1","b":{"x":null}}' }, { a: '1', b: { x: null }, c: null }],
  ['empties_depth', { dataText: () => '{"a":"1","l":["",1]}' }, { a: '1', l: ['', 1], c: null }],
  ['empties_depth', { dataText: () => '{"a":"1","b":{},"c":[]}' }, { a: '1', b: { x: null }, c: [''] }],
  ['empties_depth', { dataText: () => '{"a":"","b":{"x":""},"z":"1"}' }, { a: '', b: { x: '', y: null }, z: '1' }],
  ['empties_depth', { dataText: () => '{"a":"1","c":[]}' }, { a: '1', b: {}, c: [] }],
];
