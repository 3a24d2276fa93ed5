// Envelopes nobody makes by mistake: each gets a diagnosis that is not "ok", in bounded work and memory.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { check, checkAll, envelope, LIBRARIES, sheet } from './channel.mjs';

const lib = LIBRARIES['sm-crypto-v2'];
const keys = sheet(lib);
const other = { signedData: { some: 'thing else' } };
const encrypted = (text) => envelope(lib, keys, { a: 1 }, { encryptBytes: [...Buffer.from(text)], ...other });
const many = (count, one) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`k${i}`, one(i)]));

describe('data, signed as something else', () => {
  const texts = {
    'nested too deep': '['.repeat(33) + ']'.repeat(33),
    'an object nested too deep': `${'{"a":'.repeat(40)}1${'}'.repeat(40)}`,
    'a name twice': '{"a":1,"a":2}',
    'a name twice, once escaped': '{"a":1,"\\u0061":2}',
    'a NUL': '{"a":"\\u0000"}',
    'half a pair': '{"a":"\\ud800"}',
    'no JSON number': '{"a":01}',
    NaN: '{"a":NaN}',
    'two values': '{"a":1}{"a":1}',
    nothing: ' ',
    'huge numbers': '{"a":1e999,"b":-1e-999,"c":1E+400,"d":123456789012345678901234567890.10}',
    'many numbers': JSON.stringify(many(500, (i) => i * 1.5)),
    'many members': JSON.stringify(many(700, () => '')),
    'many empties': JSON.stringify(many(400, (i) => [null, '', {}, [[]]][i % 4])),
    'all to be escaped': JSON.stringify(many(20, () => '"\\/<&>\u0001𠮷'.repeat(10))),
    'a long text': JSON.stringify({ a: '值'.repeat(2000) }),
    'a blank in each place': JSON.stringify(many(100, () => ' + '), null, 4),
  };
  const made = Object.values(texts).map(encrypted);
  const found = checkAll(keys, made);
  for (const [i, name] of Object.keys(texts).entries())
    test(name, () => {
      assert.equal(found[i].ok, false);
      assert.equal(found[i].determined, false, JSON.stringify(found[i].mistakes));
      assert.ok(['data_malformed', 'signature_mismatch'].includes(found[i].mistakes.at(-1).mistake));
      assert.ok(found[i].checked && found[i].next.length > 1);
    });
});

test('bytes that are no UTF-8, no JSON, or too many', () => {
  const good = JSON.stringify(envelope(lib, keys, { a: 1 }));
  for (const bytes of [Buffer.from(good.replace('"2.0.1"', '"\xff\xfe"'), 'latin1'), Buffer.from([0]), Buffer.from(good.slice(0, -1)), Buffer.from(`${good}\0`), Buffer.alloc(16384, '['), Buffer.alloc(16384, 0xff), Buffer.alloc(0)])
    assert.equal(check(keys, bytes).ok, false);
  assert.throws(() => check(keys, JSON.stringify(many(10000, (i) => i))), /more than 16384 bytes/);
});

test('fields of any kind and size', () => {
  const message = envelope(lib, keys, { a: 1 });
  const values = [null, 0, true, [], {}, ['x'], { a: 'x' }, '', ' ', '\u0001', 'x'.repeat(5000), '0'.repeat(5000), 'ff'.repeat(3000), '%', '%zz', '=', 'AAAA='];
  const all = Object.keys(message).flatMap((name) => values.map((value) => ({ ...message, [name]: value })));
  // each that decrypts is searched to the end: all of them only where there is time
  const some = all.filter((_, i) => process.env.LONG || i % 11 === 0);
  for (const [i, d] of checkAll(keys, some).entries()) assert.equal(d.ok, false, JSON.stringify(some[i]));
});
