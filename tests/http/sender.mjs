// A channel whose programmer makes any of the mistakes below, together: a pipeline of steps, each of which
// a mistake may do differently. Written apart from channel.mjs and from the self-test, and deterministic but
// for the signature, so that what a set of mistakes amounts to can be compared.
import { execFileSync } from 'node:child_process';
import crypto from 'node:crypto';

const b64 = (hex) => Buffer.from(hex, 'hex').toString('base64');
const hexOf = (text) => Buffer.from(text, 'base64').toString('hex');
const iconv = (text, to) => execFileSync('iconv', ['-f', 'UTF-8', '-t', to], { input: text });
const isObject = (v) => v !== null && typeof v === 'object' && !Array.isArray(v);
const isEmpty = (v) => v === null || v === '' || (typeof v === 'object' && !Object.keys(v).length);

const FORM = { plain: (s) => JSON.stringify(s), python: (s) => JSON.stringify(s).replace(/[\u0080-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`), slashes: (s) => JSON.stringify(s).replaceAll('/', '\\/'), gson: (s) => JSON.stringify(s).replace(/[<>&=']/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`) };
/** Orders of names that came so. */
const hash = (name) => [...name].flatMap((c) => [...Array(c.length).keys()].map((i) => c.charCodeAt(i))).reduce((h, c) => (Math.imul(h, 31) + c) | 0, 0);
const bucket = (name, size) => (hash(name) ^ (hash(name) >>> 16)) & (size - 1);
const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const ORDERS = {
  sorted: (names) => [...names].sort(),
  sent: (names) => names,
  hash: (names) => { let size = 16; while (names.length > size * 0.75) size *= 2; return [...names].sort((a, b) => bucket(a, size) - bucket(b, size)); },
  caseless: (names) => [...names].sort((a, b) => compare(a.toLowerCase(), b.toLowerCase())),
  reverse: (names) => [...names].sort().reverse(),
  lastFirst: (names) => (names.length > 7 ? names : [...names.slice(-1), ...names.slice(0, -1)]),
};
const exponent = (n, from, write) => (Math.abs(n) >= from ? write(n.toExponential()) : String(n));

const digits = { java: (n) => exponent(n, 1e7, (t) => t.replace(/e\+?/, 'E')).replace(/^-?\d+$/, '$&.0').replace(/^0\.01$/, '0.01'), go: (n) => exponent(n, 1e6, (t) => t.replace(/e\+(\d)$/, 'e+0$1')), asWritten: String, double: (n) => (Number.isInteger(n) ? `${n}.0` : String(n)), cents: (n) => (Math.round(n * 10) === n * 10 ? n.toFixed(2) : String(n)) };

/** JSON with the differences in o. */
function json(v, o, depth = 0, name = '') {
  if (typeof v === 'boolean' && depth === 1 && o.quoteFirst) return `"${v}"`;
  if (typeof v === 'number') return o.quoteNumbers || (depth === 1 && o.quoteFirst) || o.quoted?.includes(name) ? `"${digits[o.digits ?? 'asWritten'](v)}"` : digits[o.digits ?? 'asWritten'](v);
  if (typeof v === 'string') return o.bareNumbers && /^-?(0|[1-9]\d{0,14})(\.\d+)?$/.test(v) ? v : FORM[o.text ?? 'plain'](v);
  if (v === null || typeof v !== 'object') return String(v);
  const [comma, colon] = o.spaces ?? [',', ':'];
  const inner = Array.isArray(v) ? v.map((x) => json(x, o, depth + 1, name)) : Object.keys(v).map((k) => `${FORM[o.text ?? 'plain'](k)}${colon}${json(v[k], o, depth + 1, k)}`);
  const [open, close] = Array.isArray(v) ? '[]' : '{}';
  if (!o.indent || !inner.length) return open + inner.join(comma) + close;
  const pad = (n) => `\n${' '.repeat(o.indent * n)}`;
  return `${open}${pad(depth + 1)}${inner.join(`,${pad(depth + 1)}`)}${pad(depth)}${close}`;
}

function tidy(v, o, depth = 0) {
  const kept = (x) => o.keepEmpties || (o.keepDeep && depth > 0) || (o.keepTexts ? x !== null : !isEmpty(x) || (o.keepLists && Array.isArray(x)));
  if (Array.isArray(v)) return v.map((x) => tidy(x, o, depth + 1)).filter(kept);
  if (!isObject(v)) return v;
  const shown = Object.fromEntries(Object.keys(v).map((k) => [k, tidy(v[k], o, depth + 1)]).filter(([, x]) => kept(x)));
  const order = o.order && (o.order !== 'lastFirst' || !depth) ? o.order : 'sorted';
  return Object.fromEntries(ORDERS[order](Object.keys(shown)).map((k) => [k, shown[k]]));
}

/** Chinese that was lost before anything was done with it. */
function garbled(v, how) {
  if (typeof v === 'string') return how(v);
  if (Array.isArray(v)) return v.map((x) => garbled(x, how));
  return isObject(v) ? Object.fromEntries(Object.entries(v).map(([k, x]) => [k, garbled(x, how)])) : v;
}
const upper = (hex) => hex.toUpperCase();
const lines = (text) => text.replace(/^.{20}/, '$&\n');

const javaText = (v) => (Array.isArray(v) ? `[${v.map(javaText).join(', ')}]` : isObject(v) ? `{${Object.entries(v).map(([k, x]) => `${k}=${javaText(x)}`).join(', ')}}` : String(v));

/** [name, what is done differently, what it cannot go together with]. A name may have several ways. */
export const MISTAKES = [
  ['nested_unsorted', { style: { order: 'sent' } }, 'order'],
  ['nested_unsorted', { style: { order: 'hash' } }, 'order'],
  ['nested_unsorted', { style: { order: 'caseless' } }, 'order'],
  ['nested_unsorted', { style: { order: 'reverse' } }, 'order'],
  ['nested_unsorted', { style: { order: 'lastFirst' } }, 'order'],
  ['empties_kept', { style: { keepDeep: true } }, 'empties'],
  ['empties_kept', { style: { keepLists: true } }, 'empties'],
  ['empties_kept', { style: { keepEmpties: true }, topEmpties: true }, 'empties'],
  ['empties_kept', { style: { keepTexts: true }, topTexts: true }, 'empties'],
  ['json_spaces', { style: { spaces: [', ', ': '] } }, 'spaces'],
  ['json_spaces', { style: { indent: 2 , spaces: [',', ': '] } }, 'spaces'],
  ['json_escapes', { style: { text: 'python' } }, 'text'],
  ['json_escapes', { style: { text: 'slashes' } }, 'text'],
  ['json_escapes', { style: { text: 'gson' } }, 'text'],
  ['numbers_quoted', { style: { quoteNumbers: true } }, 'quotes'],
  ['numbers_quoted', { style: { bareNumbers: true } }, 'quotes'],
  ['numbers_quoted', { style: { quoteFirst: true } }, 'quotes'],
  ['numbers_quoted', { style: { quoted: ['n', 'fee'] } }, 'quotes'],
  ['numbers_rewritten', { style: { digits: 'java' } }, 'digits'],
  ['numbers_rewritten', { style: { digits: 'go' } }, 'digits'],
  ['numbers_rewritten', { style: { digits: 'double' } }, 'digits'],
  ['numbers_rewritten', { style: { digits: 'cents' } }, 'digits'],
  ['data_not_json_text', { dataText: () => '[object Object]' }, 'dataText'],
  ['data_not_json_text', { dataText: javaText }, 'dataText'],
  ['data_quoted', { dataText: (d, t) => JSON.stringify(t) }, 'dataText'],
  ['data_quoted', { dataText: (d, t) => JSON.stringify(t).slice(1, -1) }, 'dataText'],
  ['data_not_json_text', { dataText: () => 'Array' }, 'dataText'],
  ['data_garbled', { garble: (t) => t.replace(/[\u4e00-\u9fff]{2,}/g, (x) => '?'.repeat(x.length)) }, 'garble'],
  ['data_garbled', { garble: (t) => Buffer.from(t).toString('latin1') }, 'garble'],
  ['data_garbled', { garble: (t) => t.replace(/[\u4e00-\u9fff]/g, '\ufffd') }, 'garble'],
  ['sign_joined', { join: [':', '&'] }, 'join'],
  ['sign_joined', { join: ['=', ','] }, 'join'],
  ['sign_joined', { join: ['', ''] }, 'join'],
  ['sign_joined', { join: ['=', '\n'] }, 'join'],
  ['sign_joined', { join: [null, '&'] }, 'join'],
  ['signed_after_encryption', { content: 'none' }, 'content'],
  ['signed_after_encryption', { content: 'cipher' }, 'content'],
  ['fields_unsorted', { pairs: (p) => [...p.filter(([k]) => k !== 'data'), ...p.filter(([k]) => k === 'data')] }, 'pairs'],
  ['fields_unsorted', { unsorted: true }, 'pairs'],
  ['fields_unsorted', { fieldOrder: 'hash' }, 'pairs'],
  ['fields_unsorted', { fieldOrder: 'caseless' }, 'pairs'],
  ['fields_unsorted', { fieldOrder: 'reverse' }, 'pairs'],
  ['fields_unsorted', { pairs: (p) => [...p.filter(([k]) => k === 'data'), ...p.filter(([k]) => k !== 'data')] }, 'pairs'],
  ['fields_unsorted', { pairs: (p) => (p.length > 7 ? p : [...p.slice(2), ...p.slice(0, 2)]) }, 'pairs'],
  ['extra_signed', { signExtra: true }, 'extra'],
  ['field_not_signed', { pairs: (p) => p.filter(([k]) => k !== 'transType') }, 'pairs'],
  ['timestamp_changed', { pairs: (p) => p.map(([k, v]) => [k, k === 'timestamp' ? String(Number(v) - 7) : v]) }, 'pairs'],
  ['timestamp_changed', { pairs: (p) => p.map(([k, v]) => [k, k === 'timestamp' ? v.slice(0, 10) : v]) }, 'pairs'],
  ['sign_key_missing', { key: () => '' }, 'key'],
  ['sign_key_wrong', { key: (k) => `&key=${k.appId}` }, 'key'],
  ['sign_key_wrong', { key: (k) => `&key=${k.appSecret.toLowerCase()}` }, 'key'],
  ['sign_key_wrong', { key: (k) => `&appSecret=${k.appSecret}` }, 'key'],
  ['sign_key_wrong', { key: (k) => `&key=${lines(k.appSecret)}` }, 'key'],
  ['sign_key_wrong', { key: (k) => `&secret=${k.appSecret}` }, 'key'],
  ['sign_key_wrong', { key: (k) => `&Key=${k.appSecret}` }, 'key'],
  ['sign_key_wrong', { key: (k) => `&${k.appSecret}` }, 'key'],
  ['sign_key_wrong', { key: (k) => k.appSecret }, 'key'],
  ['sign_key_wrong', { key: () => '&key=' }, 'key'],
  ['sign_key_wrong', { key: () => '&key=null' }, 'key'],
  ['sign_key_wrong', { key: (k) => `&key=${k.platformPublicKey}` }, 'key'],
  ['sign_key_wrong', { key: (k) => `&key=${k.appSecret.slice(0, 16)}` }, 'key'],
  ['sign_newline', { tail: '\n' }, 'tail'],
  ['sign_newline', { tail: '\r\n' }, 'tail'],
  ['sign_newline', { tail: ' ' }, 'tail'],
  ['sign_newline', { head: '\ufeff' }, 'tail'],
  ['sign_url_encoded', { url: (t) => new URLSearchParams({ '': t }).toString().slice(1) }, 'url'],
  ['sign_url_encoded', { url: (t) => encodeURIComponent(encodeURIComponent(t)) }, 'url'],
  ['sign_url_encoded', { wholeUrl: encodeURIComponent }, 'url'],
  ['sign_string_other', { whole: 'json' }, 'whole'],
  ['sign_url_encoded', { url: encodeURIComponent }, 'url'],
  ['sign_string_other', { whole: 'data' }, 'whole'],
  ['sign_string_other', { whole: 'cipher' }, 'content'],
  ['not_utf8', { signCharset: 'GB18030' }, 'signCharset'],
  ['not_utf8', { signCharset: 'UTF-16LE' }, 'signCharset'],
  ['sign_digest_again', { digest: (lib, m) => Buffer.from(lib.sm3(Uint8Array.from(m))) }, 'algorithm'],
  ['sign_digest_again', { digest: (lib, m) => Buffer.from(lib.sm3(Uint8Array.from(m)).toUpperCase()) }, 'algorithm'],
  ['sign_digest_again', { digest: (lib, m) => Buffer.from(lib.sm3(Uint8Array.from(m)), 'hex') }, 'algorithm'],
  ['sign_digest_again', { digest: (lib, m) => Buffer.from(crypto.createHash('sha256').update(m).digest('hex')) }, 'algorithm'],
  ['sign_without_z', { sign: { hash: false } }, 'algorithm'],
  ['sign_without_z', { digest: (lib, m) => Buffer.from(lib.sm3(Uint8Array.from(m)), 'hex'), sign: { hash: false } }, 'algorithm'],
  ['user_id_other', { sign: { userId: '1234567890123456' } }, 'algorithm'],
  ['user_id_other', { sign: { userId: 'ALICE123@YAHOO.COM' } }, 'algorithm'],
  ['signed_by_platform', { signer: 'platformPrivate' }, 'signer'],
  ['user_id_other', { sign: { userId: '1234567887654321' } }, 'algorithm'],
  ['sign_der', { der: true }, 'rs'],
  ['sign_swapped', { swap: true }, 'rs'],
  ['sign_hex', { signText: (h) => h }, 'signText'],
  ['sign_hex_base64', { signText: (h) => Buffer.from(h).toString('base64') }, 'signText'],
  ['sign_base64_twice', { signText: (h) => Buffer.from(b64(h)).toString('base64') }, 'signText'],
  ['sign_base64_form', { signText: (h) => Buffer.from(h, 'hex').toString('base64url') }, 'signText'],
  ['sign_base64_form', { signText: (h) => b64(h).replace(/.{64}/, '$&\r\n') }, 'signText'],
  ['sign_base64_form', { signText: (h) => b64(h).replace(/=+$/, '') }, 'signText'],
  ['sign_hex', { signText: upper }, 'signText'],
  ['sign_hex_base64', { signText: (h) => Buffer.from(upper(h)).toString('base64') }, 'signText'],
  ['sign_url', { signText: (h) => b64(h).replaceAll('+', ' '), plus: true }, 'signText'],
  ['sign_url', { signText: (h) => encodeURIComponent(b64(h)) }, 'signText'],
  ['not_utf8', { charset: 'GB18030' }, 'charset'],
  ['data_bom', { before: '\ufeff' }, 'before'],
  ['data_quoted', { plain: (t) => JSON.stringify(t) }, 'plain'],
  // only the signature tells it from data that has a member of that name
  ['data_wrapped', { plain: (t) => `{"data":${t}}` }, 'content'],
  ['sm4_key_base64', { sm4Key: (c) => Buffer.from(b64(c).slice(0, 16)) }, 'sm4Key'],
  ['sm4_key_raw_bytes', { sm4Key: (c) => Buffer.from(c, 'hex').subarray(0, 16) }, 'sm4Key'],
  ['sm4_key_lower_case', { sm4Key: (c) => Buffer.from(c.toLowerCase().slice(0, 16)) }, 'sm4Key'],
  ['sm4_key_part', { sm4Key: (c) => Buffer.from(c.toUpperCase().slice(-16)) }, 'sm4Key'],
  ['sm4_key_app_secret', { sm4Key: (c, k) => Buffer.from(k.appSecret, 'hex') }, 'sm4Key'],
  ['sm4_key_first_step', { sm4First: (k) => Buffer.from(k.appId, 'hex') }, 'sm4First'],
  ['sm4_key_first_step', { sm4Text: (k) => lines(k.appSecret.slice(0, 5) + '\n' + k.appSecret.slice(5)).replace(/\n(?=.*\n)/s, '\n') }, 'sm4First'],
  ['sm4_key_first_step', { sm4Text: (k) => k.appSecret.toLowerCase() }, 'sm4First'],
  ['sm4_key_app_secret', { sm4Key: (c, k) => Buffer.from(k.appSecret.slice(0, 16)) }, 'sm4Key'],
  ['sm4_key_app_id', { sm4Key: (c, k) => Buffer.from(k.appId.slice(0, 16)) }, 'sm4Key'],
  ['sm4_mode', { node: ['sm4-ctr', Buffer.alloc(16)] }, 'mode'],
  ['sm4_mode', { node: ['sm4-cfb', Buffer.from('1234567812345678')] }, 'mode'],
  ['sm4_mode', { node: ['sm4-ofb', Buffer.alloc(16)] }, 'mode'],
  ['sm4_mode', { node: ['sm4-cbc', Buffer.from('0000000000000000')] }, 'mode'],
  ['sm4_mode', { cipher: { mode: 'cbc', iv: '0'.repeat(32) } }, 'mode'],
  ['sm4_padding', { padding: 'zero' }, 'padding'],
  ['sm4_padding', { padding: 'iso' }, 'padding'],
  ['enc_data_twice', { twice: true }, 'twice'],
  ['enc_data_lower_case', { encText: (h) => h.toLowerCase() }, 'encText'],
  ['enc_data_base64', { encText: b64 }, 'encText'],
  ['enc_data_base64', { encText: (h) => Buffer.from(h, 'hex').toString('base64url') }, 'encText'],
  ['enc_data_encoded_twice', { encText: (h) => Buffer.from(h).toString('base64') }, 'encText'],
  ['enc_data_blanks', { encText: (h) => `0x${h}` }, 'encText'],
  ['enc_data_blanks', { encText: (h) => ` ${h}\n` }, 'encText'],
  ['enc_data_encoded_twice', { encText: (h) => upper(Buffer.from(h).toString('hex')) }, 'encText'],
  ['enc_data_blanks', { encText: (h) => h.replace(/.{64}/g, '$&\n') }, 'encText'],
  ['field_value', { fields: { encType: 'sm4' } }, 'fields'],
  ['field_value', { fields: { version: 'V2.0.1' } }, 'fields'],
  ['field_value', { fields: { signType: 'sm2' } }, 'fields'],
  ['field_name', { rename: ['appId', 'appid'] }, 'rename'],
  ['field_name', { rename: ['timestamp', 'timeStamp'] }, 'rename'],
  ['data_left_in', { leaveData: true }, 'leaveData'],
  ['field_name', { rename: ['encData', 'encdata'] }, 'rename'],
  ['envelope_bom', { wire: (t) => `\ufeff${t}` }, 'wire'],
  ['envelope_quoted', { wire: (t) => JSON.stringify(t) }, 'wire'],
  ['envelope_form', { wire: (t) => encodeURIComponent(t) }, 'wire'],
  ['timestamp_far_off', { age: -90 * 86400e3 }, 'age'],
  ['timestamp_zone', { age: 8 * 3600e3 }, 'age'],
  ['timestamp_zone', { age: -8 * 3600e3 }, 'age'],
  ['timestamp_zone', { age: -7 * 3600e3 }, 'age'],
  ['timestamp_zone', { age: 3600e3 }, 'age'],
  ['timestamp_far_off', { age: 30 * 60e3 }, 'age'],
].map(([name, change, family]) => ({ name, change, family }));

/** All changes of a set as one. */
const merged = (set) => set.reduce((all, { change }) => ({ ...all, ...change, style: { ...all.style, ...change.style }, fields: { ...all.fields, ...change.fields } }), { style: {} });

function encrypted(lib, keys, data, o) {
  const first = o.sm4First ? o.sm4First(keys) : Buffer.from(keys.appId.slice(0, 16));
  const c = lib.sm4.encrypt([...Buffer.from(o.sm4Text ? o.sm4Text(keys) : keys.appSecret)], [...first]);
  const key = [...(o.sm4Key ? o.sm4Key(c, keys) : Buffer.from(c.toUpperCase().slice(0, 16)))];
  const text = (o.before ?? '') + (o.plain ?? String)(JSON.stringify(data));
  let bytes = o.charset ? iconv(text, o.charset) : Buffer.from(text);
  if (o.padding === 'iso') bytes = Buffer.concat([bytes, Buffer.from([0x80])]);
  if (o.padding) bytes = Buffer.concat([bytes, Buffer.alloc((16 - (bytes.length % 16)) % 16)]);
  const byNode = (b) => {
    const cipher = crypto.createCipheriv(o.node[0], Buffer.from(key), o.node[1]);
    cipher.setAutoPadding(!o.padding);
    return upper(Buffer.concat([cipher.update(b), cipher.final()]).toString('hex'));
  };
  const once = (b) => o.node ? byNode(b) : lib.sm4.encrypt([...b], key, { ...o.cipher, ...(o.padding && { padding: 'none' }) }).toUpperCase();
  const hex = o.twice ? lib.sm4.encrypt([...Buffer.from(once(bytes))], key).toUpperCase() : once(bytes);
  return (o.encText ?? String)(hex);
}

function message(keys, fields, data, encData, o) {
  const shown = tidy(data, o.style);
  const [is, between] = o.join ?? ['=', '&'];
  const order = o.unsorted ? 'sent' : (o.fieldOrder ?? 'sorted');
  const text = json(shown, o.style);
  const dataText = o.dataText ? o.dataText(data, text) : text;
  const all = { ...fields };
  if (o.content === 'cipher') all.encData = encData;
  if (!o.content) all.data = dataText;
  const names = ORDERS[order](Object.keys(all).filter((k) => (o.signExtra || k !== 'extra') && (o.topEmpties || all[k] !== null) && (o.topEmpties || o.topTexts || all[k] !== '') && !(k === 'data' && isEmpty(shown) && !o.topEmpties)));
  const pairs = (o.pairs ?? ((p) => p))(names.map((k) => [k, String(all[k])]));
  const head = o.whole === 'data' ? dataText : o.whole === 'cipher' ? encData : o.whole === 'json' ? `{${pairs.map(([k, v]) => `${JSON.stringify(k)}:${k === 'data' ? dataText : JSON.stringify(v)}`).join(',')}}` : pairs.map(([k, v]) => `${is === null ? '' : k}${is ?? ''}${(o.url ?? String)(v)}`).join(between);
  const whole = (o.wholeUrl ?? String)((o.head ?? '') + head + (o.key ? o.key(keys) : `&key=${keys.appSecret}`) + (o.tail ?? ''));
  return o.signCharset ? iconv(whole, o.signCharset) : Buffer.from(whole);
}

function unsigned(lib, keys, given, set, now) {
  const o = merged(set);
  const data = o.garble ? garbled(given, o.garble) : given;
  const fields = { appId: keys.appId, version: '2.0.1', timestamp: String(now + (o.age ?? 0)), encType: 'SM4', signType: 'SM2', transType: '6201', extra: 'x', memo: '', none: null, ...o.fields };
  const encData = encrypted(lib, keys, data, o);
  const signed = message(keys, fields, data, encData, o);
  const all = { ...fields, ...(o.leaveData && { data }), encData };
  const named = Object.fromEntries(Object.entries(all).map(([k, v]) => [o.rename?.[0] === k ? o.rename[1] : k, v]));
  return { o, named, input: o.digest ? o.digest(lib, signed) : signed };
}

/** All that such a channel sends, but for the signature's random number: equal where mistakes amount to the same. */
export function fact(lib, keys, data, set, now) {
  const { o, named, input } = unsigned(lib, keys, data, set, now);
  return JSON.stringify([(o.wire ?? String)(JSON.stringify(named)), input.toString('hex'), o.sign, o.signer, o.der, o.swap, o.signText?.('fb'.repeat(64))]);
}

/** What it sends. */
export function send(lib, keys, data, set, now) {
  const { o, named, input } = unsigned(lib, keys, data, set, now);
  for (;;) {
    const made = lib.sm2.doSignature([...input], o.signer ? keys[o.signer] : hexOf(keys.channelPrivateKey), { hash: true, ...o.sign, der: Boolean(o.der) });
    const signData = (o.signText ?? b64)(o.swap ? made.slice(64) + made.slice(0, 64) : made);
    // a + that got lost shows only where there was one
    if (!o.plus || signData.includes(' ')) return (o.wire ?? String)(JSON.stringify({ ...named, signData }));
  }
}
