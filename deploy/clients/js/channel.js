// Envelopes of the mobile-payment platform, as a channel makes and opens them. npm install sm-crypto
import smCrypto from 'sm-crypto';

const { sm2, sm4 } = smCrypto;
const USER_ID = '1234567812345678';

const hex = (base64) => Buffer.from(base64 ?? '', 'base64').toString('hex');
const ascii = (text) => [...Buffer.from(text, 'ascii')];

// sample: keys
/** KEYS.json: the values of the 反馈单, as printed there. */
export function readKeys({ appId, appSecret, channelPrivateKey, platformPublicKey }) {
  const privateKey = hex(channelPrivateKey); // 渠道私钥
  const platform = hex(platformPublicKey); // 平台公钥
  return {
    appId, // 应用ID
    appSecret, // 数字密钥
    // Java tools write 33 bytes, the first of them 00; some leave the 04 of a public key out
    privateKey: privateKey.length === 66 ? privateKey.slice(2) : privateKey,
    platform: platform.length === 128 ? `04${platform}` : platform,
  };
}
// end of sample

/** A number as it was written: 12.50 stays 12.50. */
class Digits {
  constructor(text) {
    this.text = text;
  }
}

/** JSON.parse() that keeps the digits of numbers. */
export function parse(text) {
  const marked = text.replace(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g, (part) => (part.startsWith('"') ? part : `{"\\u0000":"${part}"}`));
  return JSON.parse(marked, (_, v) => (v !== null && typeof v === 'object' && '\0' in v ? new Digits(v['\0']) : v));
}

// sample: canonical
function isEmpty(v) {
  if (v instanceof Digits) return false;
  if (v !== null && typeof v === 'object') return Object.values(v).every(isEmpty);
  return v === null || v === undefined || v === '';
}

/** Compact JSON: names sorted at every depth, empties left out, Chinese as it is. */
export function canonical(v) {
  if (v instanceof Digits) return v.text;
  if (Array.isArray(v)) return `[${v.filter((x) => !isEmpty(x)).map(canonical).join(',')}]`;
  if (v === null || typeof v !== 'object') return JSON.stringify(v);
  const names = Object.keys(v).filter((k) => !isEmpty(v[k])).sort();
  return `{${names.map((k) => `${JSON.stringify(k)}:${canonical(v[k])}`).join(',')}}`;
}
// end of sample

// sample: sign_string
/** All fields but these three, and data in clear; then &key=数字密钥. */
export function signString({ signData, encData, extra, ...fields }, data, appSecret) {
  const all = { ...fields, data };
  const text = (v) => (typeof v === 'string' ? v : canonical(v));
  const pairs = Object.keys(all).filter((k) => !isEmpty(all[k])).sort().map((k) => `${k}=${text(all[k])}`);
  return `${pairs.join('&')}&key=${appSecret}`;
}
// end of sample

// sample: sm4_key
/** The first 16 characters of the upper-case hex, as 16 bytes; not the bytes it stands for. */
function sm4Key(appId, appSecret) {
  const c = sm4.encrypt(ascii(appSecret), ascii(appId.slice(0, 16))); // lower-case hex
  return ascii(c.toUpperCase().slice(0, 16));
}
// end of sample

// sample: cipher
/** SM4-ECB with PKCS#7 padding, the library's defaults. Encrypted: lower-case hex. */
const encrypt = (text, key) => sm4.encrypt([...Buffer.from(text, 'utf8')], key);
const decrypt = (encData, key) => Buffer.from(sm4.decrypt(encData, key, { output: 'array' })).toString('utf8');
// end of sample

// sample: sign
/** r and s, 64 hex digits each, of SM3-with-SM2 over the text in UTF-8. Without hash there is no Z. */
function sign(text, privateKey) {
  return sm2.doSignature(text, privateKey, { hash: true, userId: USER_ID }); // '1234567812345678'
}
// end of sample

// sample: verify
/** Did this key sign the text? signData: base64 of 64 bytes; publicKey: 平台公钥. */
function verify(text, signData, publicKey) {
  const signature = hex(signData);
  return signature.length === 128 && sm2.doVerifySignature(text, signature, publicKey, { hash: true, userId: USER_ID });
}
// end of sample

// sample: envelope
/** data: an object. Signed in clear, then encrypted; data itself is not sent. */
export function seal(keys, data) {
  const envelope = {
    appId: keys.appId,
    version: '2.0.1',
    timestamp: String(Date.now()),
    encType: 'SM4',
    signType: 'SM2',
  };
  const signature = sign(signString(envelope, data, keys.appSecret), keys.privateKey);
  const signData = Buffer.from(signature, 'hex').toString('base64'); // of the bytes, not of their hex
  const encData = encrypt(canonical(data), sm4Key(keys.appId, keys.appSecret)).toUpperCase();
  return JSON.stringify({ ...envelope, encData, signData });
}
// end of sample

/** The platform's answer -> { envelope, data }. Throws unless the platform signed it. */
export function open(keys, text) {
  const envelope = parse(text);
  const data = envelope.encData ? parse(decrypt(envelope.encData, sm4Key(keys.appId, keys.appSecret))) : null;
  if (!verify(signString(envelope, data, keys.appSecret), envelope.signData, keys.platform)) throw new Error("the signature is not the platform's");
  return { envelope, data };
}
