// Envelopes of random content in both directions between the program and libraries we did not write:
// 100 of each, 1,000 with LONG=1.
import assert from 'node:assert/strict';
import { randomBytes, randomInt } from 'node:crypto';
import { describe, test } from 'node:test';
import { canonical, check, envelope, LIBRARIES, open, sealed, sheet } from './channel.mjs';

const COUNT = process.env.LONG ? 1000 : 100;
const TEXTS = ['', '中文', 'a"b\\c/d', '𠮷野家', '\u0001\t\n', '12.50', 'é'];
const pick = (list) => list[randomInt(list.length)];

function value(depth) {
  const kind = randomInt(depth ? 8 : 5);
  if (kind === 0) return null;
  if (kind === 1) return randomInt(2) === 1;
  if (kind === 2) return randomInt(1e9) / pick([1, 7, 1000]);
  if (kind < 5) return pick(TEXTS) + randomBytes(randomInt(6)).toString('hex');
  if (kind === 5) return Array.from({ length: randomInt(4) }, () => value(depth - 1));
  return object(depth - 1);
}
const object = (depth) => Object.fromEntries(Array.from({ length: randomInt(6) }, () => [pick(['a', 'Z', 'idNo', '名', 'x_1', 'B']) + randomBytes(1).toString('hex'), value(depth)]));

for (const [name, lib] of Object.entries(LIBRARIES))
  describe(name, () => {
    const keys = sheet(lib);

    test(`${COUNT} messages of the library are read by the program`, () => {
      let short = 0;
      for (let i = 0; i < COUNT; i++) {
        const data = { n: i, ...object(3) };
        const made = envelope(lib, keys, data);
        const sign = Buffer.from(made.signData, 'base64');
        short += sign[0] === 0 || sign[32] === 0;
        const d = check(keys, made);
        assert.equal(d.ok, true, JSON.stringify({ data, d }));
        assert.deepEqual(JSON.parse(d.data), JSON.parse(JSON.stringify(data)));
      }
      if (COUNT >= 1000) assert.ok(short > 0, 'no signature had a short r or s');
    });

    test(`${COUNT} messages of the program are read by the library`, () => {
      const datas = Array.from({ length: COUNT }, (_, n) => ({ n, ...object(3) }));
      for (const [i, message] of sealed(keys, datas).entries())
        assert.deepEqual(open(lib, keys, message), canonical(datas[i]), JSON.stringify(message));
    });
  });
