// Envelopes for tests/bench/selftest: of all kinds of mistakes together, and of 12 KB that nothing explains.
// Arguments: a folder, and how many.
import { writeFileSync } from 'node:fs';
import { envelope, LIBRARIES, sheet } from '../http/channel.mjs';
import { MISTAKES, send } from '../http/sender.mjs';

const [folder, count] = [process.argv[2], Number(process.argv[3])];
const lib = LIBRARIES['sm-crypto-v2'];
const keys = sheet(lib);
const now = Date.now();
let state = 1;
const random = (n) => (state = (state * 48271) % 2147483647) % n;

const DATA = { userName: '测试 人员', fee: 12.5, count: 3, orgCodg: 'H44010300001', nested: { z: '末', a: [1, { k: '值', b: '' }], none: null }, empty: '' };
function wrong(i) {
  const set = [];
  while (set.length < i % 4) {
    const one = MISTAKES[random(MISTAKES.length)];
    if (!set.some((m) => m.family === one.family)) set.push(one);
  }
  return send(lib, keys, { n: i, ...DATA }, set, now);
}

const row = (i) => ({ feedetlSn: `${i}`, medListCodg: `XN05BAD${i}`, cnt: i, pric: 12.5, detItemFeeSumamt: i * 12.5, medChrgitmType: '09', memo: '', begntime: '2026-11-23 10:00:00' });
const large = (i) => envelope(lib, keys, { n: i, feedetailList: Array.from({ length: 30 }, (_, k) => row(k)) }, { signedData: { some: 'thing else' } });

writeFileSync(`${folder}/keys.json`, JSON.stringify(keys));
writeFileSync(`${folder}/small`, Array.from({ length: count }, (_, i) => `${wrong(i)}\n`).join(''));
writeFileSync(`${folder}/large`, Array.from({ length: count / 10 }, (_, i) => `${JSON.stringify(large(i))}\n`).join(''));
