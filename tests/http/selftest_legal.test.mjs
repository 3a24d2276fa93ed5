// 2,000 envelopes of unusual form that are right: none is called a mistake, whatever order, blanks, escapes,
// numbers, depths, times and letters there are. SEED=n makes others.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkAll, envelope, LIBRARIES, sheet } from './channel.mjs';

const SEED = Number(process.env.SEED ?? 20261129);
const COUNT = Number(process.env.RUNS ?? 2000);
const lib = LIBRARIES['sm-crypto-v2'];

/** mulberry32 */
let state = SEED;
function random() {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
}
const pick = (list) => list[Math.floor(random() * list.length)];
const maybe = (chance) => random() < chance;
const shuffled = (list) => list.map((x) => [random(), x]).sort(([a], [b]) => a - b).map(([, x]) => x);

const TEXTS = ['中文', '测试 人员', 'a/b', "it's <R&D>=1", '12.50', '3', '007', '', ' ', 'H44010300001', '110105194912310021', 'x"y\\z', '𠮷野家', '100.00', 'true', 'null', '真的吗？', 'really?', 'https://a.cn/b?c=1&d=%E4%B8%AD', 'café', 'Ünïcödé', '日本語', 'Русский', 'a\u2028b', 'tab\there', 'line\nend', '\u0001', '{"a":1}', '[]', '{}', '&key=x', 'data=1', 'é', '①②', 'ＡＢＣ', '👨‍👩‍👧', 'a+b c', '0x1F', '1e5', '-0', '😀', '囧', '?', 'è', 'e\u0301', '乱码'];
const NAMES = ['name', 'fee', 'orgCodg', '名', 'Zeta', 'alpha', 'list', 'psn', 'b', 'a1', 'a', 'A', '_x', 'x.y', 'é', 'key', 'data', 'appId', 'extra', 'signData', '1', '10', '9', 'a b', '😀'];
/** As they stand in the text, which Jansson and JSON.parse would not keep. */
const NUMBERS = ['0', '1', '-2', '12.50', '12.5', '3.0', '1e2', '1E+5', '0.01', '1234567.89', '12345678901234567890', '1.0e-7', '-0', '100.00', '0.10', '99999999.99'];
class Raw {
  constructor(text) { this.text = text; }
}

function value(depth) {
  const kind = Math.floor(random() * (depth ? 9 : 6));
  if (kind === 0) return pick([null, '', true, false]);
  if (kind < 3) return pick(TEXTS);
  if (kind < 6) return new Raw(pick(NUMBERS));
  if (kind === 6) return Array.from({ length: Math.floor(random() * 4) }, () => value(depth - 1));
  return object(depth - 1);
}
const object = (depth) => Object.fromEntries(Array.from({ length: Math.floor(random() * 7) }, () => [pick(NAMES), value(depth)]));

const bytewise = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b));
const isObject = (v) => v !== null && typeof v === 'object' && !Array.isArray(v) && !(v instanceof Raw);
const empty = (v) => v === null || v === '' || (typeof v === 'object' && !(v instanceof Raw) && !Object.keys(v).length);

/** What is to be signed: o says what some platforms do otherwise. */
function written(v, o = {}, depth = 0) {
  if (v instanceof Raw) return depth === 1 && o.quoteFirst ? `"${v.text}"` : v.text;
  if (typeof v === 'boolean' && depth === 1 && o.quoteFirst) return `"${v}"`;
  if (Array.isArray(v)) return `[${v.map((x) => written(x, o, depth + 1)).join()}]`;
  if (isObject(v)) return `{${Object.keys(v).sort(bytewise).map((k) => `${JSON.stringify(k)}:${written(v[k], o, depth + 1)}`).join()}}`;
  return JSON.stringify(v);
}
function tidy(v, o = {}, depth = 0) {
  const kept = (x) => !empty(x) || (o.deep && depth > 0) || (o.texts && x === '');
  if (Array.isArray(v)) return v.map((x) => tidy(x, o, depth + 1)).filter(kept);
  if (!isObject(v)) return v;
  return Object.fromEntries(Object.entries(v).map(([k, x]) => [k, tidy(x, o, depth + 1)]).filter(([, x]) => kept(x)));
}

/** The same as a careless printer writes it: order, blanks and escapes of its own. */
function careless(v) {
  const blank = () => pick(['', '', '', ' ', '\n', '\t', '\r\n  ']);
  if (v instanceof Raw) return v.text;
  if (Array.isArray(v)) return `[${blank()}${v.map((x) => blank() + careless(x) + blank()).join()}]`;
  if (isObject(v)) return `{${blank()}${shuffled(Object.keys(v)).map((k) => `${blank()}${careless(k)}${blank()}:${blank()}${careless(v[k])}${blank()}`).join()}}`;
  const text = JSON.stringify(v);
  if (typeof v !== 'string' || !maybe(0.3)) return text;
  return text.replace(/[\u0080-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).replaceAll('/', '\\/');
}

function timestamp() {
  const now = Date.now();
  const age = Math.floor(random() * 46) * 3600e3 + 600e3 + Math.floor(random() * 2400e3); // never whole hours
  const made = maybe(0.5) ? now - Math.floor(random() * 500e3) : now - age;
  const local = new Date(made + 8 * 3600e3).toISOString();
  return pick([String(made), String(Math.floor(made / 1000)), local.replace(/\D/g, '').slice(0, 14), local.replace(/\D/g, ''), local.slice(0, 19), local.slice(0, 19).replace('T', ' '), new Date(made).toISOString(), 'now', '第一次', new Raw(String(made))]);
}

function legal(keys) {
  const data = { n: 'x', ...object(3) };
  const o = pick([{}, {}, {}, { quoteFirst: true }, { deep: true }, { texts: true }]);
  const more = maybe(0.5) ? { transType: pick(['6201', 'ec.query', '中文']) } : {};
  const fields = { appId: keys.appId, version: '2.0.1', timestamp: timestamp(), encType: 'SM4', signType: 'SM2', ...more };
  const signed = written(tidy(data, o), o);
  const made = envelope(lib, keys, data, {
    signBytes: () => `${Object.entries({ ...fields, data: signed }).sort(([a], [b]) => bytewise(a, b)).map(([k, v]) => `${k}=${v instanceof Raw ? v.text : v}`).join('&')}&key=${keys.appSecret}`,
    encryptBytes: [...Buffer.from(careless(data))],
  });
  const all = { ...fields, encData: made.encData, signData: made.signData };
  for (const [name, values] of [['extra', ['', 'x', { any: ['thing'] }]], ['memo', ['', null, {}, []]], ['data', ['', null, {}]]]) if (maybe(0.2)) all[name] = pick(values);
  return careless(all).replaceAll('\n', ' ').replaceAll('\r', ' ');
}

describe(`right ones of unusual form (SEED=${SEED})`, () => {
  const keys = sheet(lib);
  const made = Array.from({ length: COUNT }, () => legal(keys));
  const found = checkAll(keys, made);

  test('no mistake is found in any', () => {
    const wrong = found.flatMap((d, i) => (d.ok ? [] : [{ mistakes: d.mistakes.map((m) => m.mistake), note: d.note, data: d.data, expected: d.expected, sent: made[i] }]));
    assert.equal(found.length, COUNT);
    assert.deepEqual(wrong.slice(0, 3), [], `${wrong.length} of ${COUNT}`);
  });

  test('what some platforms do otherwise is among them, and said', () => {
    const said = new Set(found.flatMap((d) => d.differences.map((m) => m.mistake)));
    assert.deepEqual([...said].sort(), ['empties_depth', 'numbers_quoted_first']);
  });
});
