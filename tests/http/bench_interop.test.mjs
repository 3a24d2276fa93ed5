// Envelopes of random content in both directions between the program and implementations we did not
// write: 1,000 of each with LONG=1, else 100, and 25 with the slow ones in JavaScript. Bouncy Castle, and
// OpenSSL through C and Python, are the sample clients' own.
import assert from 'node:assert/strict';
import { randomBytes, randomInt } from 'node:crypto';
import { describe, test } from 'node:test';
import { canonical, checkAll, envelope, LIBRARIES, open, sealed, sheet } from './channel.mjs';
import { CLIENTS } from './clients.mjs';

const COUNT = process.env.LONG ? 1000 : 100;
const SLOW_COUNT = process.env.LONG ? 1000 : 25;
const TEXTS = ['', '中文', 'a"b\\c/d', '𠮷野家', '\u0001\t\n', '12.50', 'é', "'<&=>'", '\u2028'];
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
const messages = (count) => Array.from({ length: count }, (_, n) => ({ n, ...object(3) }));

const isShort = ({ signData }) => {
  const bytes = Buffer.from(signData, 'base64');
  return bytes[0] === 0 || bytes[32] === 0;
};

/** Unless they are few, more of them until one has a short r or s, which is so of one in 64. */
function withShort(count, make) {
  const made = make(messages(count));
  while (count >= 300 && !made.some(({ message }) => isShort(message))) made.push(...make(messages(100)));
  return made;
}

function readByProgram(keys, made) {
  for (const [i, d] of checkAll(keys, made.map(({ message }) => message)).entries()) {
    assert.equal(d.ok, true, JSON.stringify({ data: made[i].data, d }));
    assert.deepEqual(canonical(JSON.parse(d.data)), canonical(made[i].data));
  }
}

for (const [name, lib] of Object.entries(LIBRARIES))
  describe(name, () => {
    const keys = sheet(lib);

    test(`${SLOW_COUNT} messages of the library are read by the program`, () =>
      readByProgram(keys, withShort(SLOW_COUNT, (datas) => datas.map((data) => ({ data, message: envelope(lib, keys, data) })))));

    test(`${SLOW_COUNT} messages of the program are read by the library`, () => {
      for (const { data, message } of withShort(SLOW_COUNT, (datas) => sealed(keys, datas).map((message, i) => ({ data: datas[i], message }))))
        assert.deepEqual(open(lib, keys, message), canonical(data), JSON.stringify(message));
    });
  });

const NAMES = { c: 'OpenSSL in C', java: 'Bouncy Castle', js: 'the JavaScript client', python: 'OpenSSL in Python' };

for (const [name, client] of Object.entries(CLIENTS))
  describe(NAMES[name], () => {
    const lib = LIBRARIES['sm-crypto'];
    const keys = sheet(lib);
    const count = name === 'js' ? SLOW_COUNT : COUNT;
    const run = (more, action, list) => {
      const { status, lines, error } = client({ ...keys, ...more }, list.map((x) => `${JSON.stringify(x)}\n`).join(''), action);
      assert.equal(status, 0, error);
      assert.equal(lines.length, list.length);
      return lines.map((line) => JSON.parse(line));
    };

    test(`${count} messages of it are read by the program`, () =>
      readByProgram(keys, withShort(count, (datas) => run({}, 'seal', datas).map((message, i) => ({ data: datas[i], message })))));

    test(`${count} messages of the program are read by it`, () => {
      const made = withShort(count, (datas) => sealed(keys, datas).map((message, i) => ({ data: datas[i], message })));
      // the program signs here as the channel does, so the channel's key stands where the platform's belongs
      const read = run({ platformPublicKey: keys.channelPublicKey }, 'open', made.map(({ message }) => message));
      for (const [i, data] of read.entries()) assert.deepEqual(canonical(data), canonical(made[i].data));
    });

    test('one changed byte is refused', () => {
      const [{ encData, signData, ...message }] = sealed(keys, [{ a: 1 }]);
      const flipped = (text, at) => text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);
      const all = { ...message, encData, signData };
      const wrong = [{ ...all, encData: flipped(encData, 3) }, { ...all, signData: flipped(signData, 3) }, { ...all, timestamp: '1' }, { ...all, more: 'x' }, { ...message, encData }, { ...all, signData: signData.slice(0, -4) }];
      for (const one of wrong) {
        const { status, lines } = client({ ...keys, platformPublicKey: keys.channelPublicKey }, `${JSON.stringify(one)}\n`, 'open');
        assert.deepEqual([status, lines], [1, []], JSON.stringify(one));
      }
    });
  });
