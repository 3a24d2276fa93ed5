// A channel as its programmers would write it in JavaScript, on either of two libraries we did not
// write, and every way to get it wrong that K-30 speaks of: options name what is done differently.
import { execFileSync, spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { randomBytes } from 'node:crypto';

const web = createRequire(new URL('../../web/package.json', import.meta.url));
export const LIBRARIES = { 'sm-crypto': web('sm-crypto'), 'sm-crypto-v2': web('sm-crypto-v2') };

export const PORTAL = process.env.PORTAL ?? `${process.env.JIERU_BUILD ?? new URL('../../build', import.meta.url).pathname}/portal`;
const b64 = (hex) => Buffer.from(hex, 'hex').toString('base64');
const hex = (text = '') => Buffer.from(text, 'base64').toString('hex');
const ascii = (text) => [...Buffer.from(text, 'latin1')];
const pad = (digits) => digits.padStart(64, '0');

/** Fresh values of a test sheet; `platformPrivate` is what the platform keeps. */
export function sheet(lib) {
  const channel = lib.sm2.generateKeyPairHex();
  const platform = lib.sm2.generateKeyPairHex();
  return {
    appId: randomBytes(16).toString('hex').toUpperCase(),
    appSecret: randomBytes(16).toString('hex').toUpperCase(),
    channelPrivateKey: b64(pad(channel.privateKey)),
    channelPublicKey: b64(channel.publicKey),
    platformPublicKey: b64(platform.publicKey),
    platformPrivate: pad(platform.privateKey),
  };
}

const isEmpty = (v) => v === null || v === undefined || v === '' || (typeof v === 'object' && !Object.keys(v).length);

/** Sorted and without empties, at every depth. */
export function canonical(v, { keepOrder = false, keepEmpties = false } = {}) {
  const inner = (x) => canonical(x, { keepOrder, keepEmpties });
  if (Array.isArray(v)) return v.map(inner).filter((x) => keepEmpties || !isEmpty(x));
  if (v === null || typeof v !== 'object') return v;
  const names = Object.keys(v);
  if (!keepOrder) names.sort();
  return Object.fromEntries(names.map((k) => [k, inner(v[k])]).filter(([, x]) => keepEmpties || !isEmpty(x)));
}

const escaped = (text) => text.replace(/[\u0080-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
const spaced = (v) => {
  if (Array.isArray(v)) return `[${v.map(spaced).join(', ')}]`;
  if (v && typeof v === 'object') return `{${Object.entries(v).map(([k, x]) => `${JSON.stringify(k)}: ${spaced(x)}`).join(', ')}}`;
  return JSON.stringify(v);
};

/** The SM4 key of K-16, as hex. */
export function cipherKey(lib, { appId, appSecret }, way) {
  const k1 = ascii(appId.slice(0, 16));
  const c = lib.sm4.encrypt(ascii(appSecret), k1); // hex
  const upper = (text) => ascii(text.toUpperCase().slice(0, 16));
  const ways = {
    base64: () => ascii(b64(c).slice(0, 16)),
    raw: () => [...Buffer.from(c, 'hex').subarray(0, 16)],
    secret: () => ascii(appSecret.slice(0, 16)),
    secretHex: () => [...Buffer.from(appSecret, 'hex')],
    lower: () => ascii(c.toLowerCase().slice(0, 16)),
    appId: () => k1,
    tail: () => ascii(c.toUpperCase().slice(-16)),
    idBytes: () => upper(lib.sm4.encrypt(ascii(appSecret), [...Buffer.from(appId, 'hex')])),
    secretBytes: () => upper(lib.sm4.encrypt([...Buffer.from(appSecret, 'hex')], k1)),
    turned: () => upper(lib.sm4.encrypt(ascii(appId), ascii(appSecret.slice(0, 16)))),
    none: () => ascii('0123456789abcdef'),
  };
  return ways[way] ? ways[way]() : upper(c);
}

export function signString(fields, data, secret, o = {}) {
  const shown = canonical(o.signedData ?? data, o);
  let json = o.dataText ? o.dataText(data) : o.spaces ? spaced(shown) : JSON.stringify(shown);
  if (o.escapes) json = escaped(json);
  const all = { ...fields, ...(!o.withoutData && (o.keepEmpties || !isEmpty(shown)) && { data: json }), ...(o.encInString && { encData: o.encInString }) };
  const names = Object.keys(all).sort().filter((k) => !isEmpty(all[k]) && (o.signExtra || k !== 'extra'));
  const url = o.url ?? ((text) => text);
  const pairs = (o.pairOrder ? o.pairOrder(names) : names).map((k) => `${k}=${url(all[k])}`);
  return pairs.join('&') + (typeof o.key === 'function' ? o.key(secret) : o.key ?? `&key=${secret}`);
}

/** An envelope of `data`, made with the sheet's keys; `o` names what is done wrong. */
export function envelope(lib, keys, data, o = {}) {
  const fields = {
    appId: keys.appId,
    version: '2.0.1',
    timestamp: o.timestamp ?? String(Date.now()),
    encType: 'SM4',
    signType: 'SM2',
    ...o.fields,
  };
  const plain = JSON.stringify(data);
  const bytes = o.encryptBytes ?? [...Buffer.from(plain, 'utf8')];
  const encrypt = (b) => lib.sm4.encrypt(b, cipherKey(lib, keys, o.sm4), o.cipher).toUpperCase();
  const cipher = o.twice ? encrypt(ascii(encrypt(bytes))) : encrypt(bytes);
  const encData = o.encData ? o.encData(cipher, keys) : cipher;
  const text = signString(fields, data, keys.appSecret, { ...o, encInString: o.signCipher && encData });
  const message = o.signBytes ? o.signBytes(text) : text;
  const signed = o.sign ? o.sign(message, keys) : pad(lib.sm2.doSignature(message, o.privateKey ?? hex(keys.channelPrivateKey), { hash: true, ...o.options }));
  const signData = o.encode ? o.encode(signed) : b64(signed);
  return { ...fields, ...(o.dataLeftIn && { data }), encData, signData };
}

/** As it is sent. */
export const wire = (message, o = {}) => (o.wire ? o.wire(JSON.stringify(message)) : JSON.stringify(message));

/** What the platform answers with. */
export const answer = (lib, keys, data) =>
  envelope(lib, keys, data, { privateKey: keys.platformPrivate });

let folder;
function portal(action, keys, input, statuses, ...more) {
  folder ??= mkdtempSync(`${tmpdir()}/selftest-`);
  writeFileSync(`${folder}/keys.json`, typeof keys === 'string' ? keys : JSON.stringify(keys));
  const run = spawnSync(PORTAL, ['selftest', action, '--keys', `${folder}/keys.json`, ...more], { input, encoding: 'utf8', maxBuffer: 1 << 26 });
  if (!statuses.includes(run.status)) throw new Error(`selftest ${action}: ${run.status} ${run.stderr}`);
  return run.stdout;
}

/** What `portal selftest seal` makes of each of them. */
export const sealed = (keys, datas) =>
  portal('seal', keys, datas.map((d) => `${JSON.stringify(d)}\n`).join(''), [0]).trim().split('\n').map((line) => JSON.parse(line));

/** Opens an envelope with a library: the data ({} when there is none), or null when the signature is another's. */
export function open(lib, keys, message, publicKey = keys.channelPublicKey) {
  const { signData, encData, extra, ...fields } = message;
  const data = encData && JSON.parse(lib.sm4.decrypt(encData.toLowerCase(), cipherKey(lib, keys)));
  const string = signString(fields, data, keys.appSecret);
  return lib.sm2.doVerifySignature(string, hex(signData), hex(publicKey), { hash: true }) ? data ?? {} : null;
}

/** The diagnosis of `portal selftest check`; keys: an object, or the text of the file. */
export const check = (keys, message) =>
  JSON.parse(portal('check', keys, typeof message === 'string' || message instanceof Uint8Array ? message : JSON.stringify(message), [0, 1]));

/** The same where what some platforms do differently is a mistake. */
export const checkStrict = (keys, message) => JSON.parse(portal('check', keys, JSON.stringify(message), [0, 1], '--strict'));

/** The bytes of `--masked`, which are those of the page. */
export const checkMasked = (keys, text) => portal('check', keys, text, [0, 1], '--masked').replace(/\n$/, '');

/** The diagnoses of many, none of them with a line end inside. */
export const checkAll = (keys, messages) =>
  portal('check', keys, messages.map((m) => `${typeof m === 'string' ? m : JSON.stringify(m)}\n`).join(''), [0], '--lines').trim().split('\n').map((line) => JSON.parse(line));

/** Signs until r or s is shorter than 32 bytes; hex of 128 digits. */
export function shortSignature(lib, message, key) {
  for (;;) {
    const made = pad(lib.sm2.doSignature(message, key, { hash: true }));
    if (made.startsWith('00') !== (made.slice(64, 66) === '00')) return made;
  }
}

/** The keys of a payment sheet, as the text of its PDF says them. */
export async function keysOf(client, url) {
  const file = `${mkdtempSync(`${tmpdir()}/sheet-`)}/sheet.pdf`;
  writeFileSync(file, Buffer.from(await (await client.send('GET', url)).arrayBuffer()));
  const text = execFileSync('pdftotext', ['-raw', file, '-'], { encoding: 'utf8' }).replace(/\s/g, '');
  const found = text.match(/([0-9A-F]{32})([0-9A-F]{32})([\w+/]{43}=)([\w+/]{87}=)([\w+/]{87}=)/);
  if (!found) throw new Error(`no keys in ${text}`);
  const [, appId, appSecret, channelPrivateKey, channelPublicKey, platformPublicKey] = found;
  return { appId, appSecret, channelPrivateKey, channelPublicKey, platformPublicKey };
}
