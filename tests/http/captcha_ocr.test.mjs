// Plain OCR does not read our captchas: under 5 % of 50 pictures (LONG=1: of 200).
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { test } from 'node:test';
import { Client, redis } from './client.mjs';

const COUNT = process.env.LONG ? 200 : 50;
const id = () => randomInt(1e9);

const read = (picture) =>
  execFileSync('tesseract', ['-', '-', '--psm', '8', '-c', 'tessedit_char_whitelist=2346789ACEFHKMNPRTUXY'], {
    input: picture,
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { ...process.env, OMP_THREAD_LIMIT: '1' },
  }).replace(/\s/g, '');

test(`tesseract reads under 5 % of ${COUNT}`, async (t) => {
  const client = new Client();
  await client.session();
  let solved = 0;
  for (let i = 0; i < COUNT; i++) {
    const { id } = await client.post('captchas', undefined, 201);
    const answer = await client.send('GET', `captchas/${id}?scale=2`);
    assert.equal(answer.headers.get('content-type'), 'image/png');
    solved += read(Buffer.from(await answer.arrayBuffer())) === redis('GET', `captcha:${id}`);
  }
  t.diagnostic(`${solved} of ${COUNT} read`);
  assert.ok(solved < COUNT * 0.05, `${solved} of ${COUNT}`);
});

test('its sound can be asked for in parts, as Safari does', async () => {
  const client = new Client();
  await client.session();
  const { id } = await client.post('captchas', undefined, 201);
  const ask = async (range) => {
    const answer = await client.send('GET', `captchas/${id}/audio`, undefined, range && { range });
    return { status: answer.status, type: answer.headers.get('content-type'), range: answer.headers.get('content-range'), bytes: Buffer.from(await answer.arrayBuffer()) };
  };
  const whole = await ask();
  assert.deepEqual([whole.status, whole.type, whole.bytes.toString('latin1', 0, 4)], [200, 'audio/wav', 'RIFF']);
  const first = await ask('bytes=0-1');
  assert.deepEqual([first.status, first.type, first.range], [206, 'audio/wav', `bytes 0-1/${whole.bytes.length}`]);
  assert.ok((await ask('bytes=2-')).bytes.equals(whole.bytes.subarray(2)));
});

test('one answer opens one door once, however many ask with it at once', async () => {
  const client = new Client();
  await client.session();
  for (const door of [
    (solved) => client.send('POST', 'session/unit', { account: `nobody${id()}`, password: 'Wrong2026x', ...solved }),
    (solved) => client.send('POST', 'password-reset', { account: `nobody${id()}`, ...solved }),
  ]) {
    const solved = await client.captcha();
    const answers = await Promise.all(Array.from({ length: 20 }, () => door(solved)));
    assert.equal(answers.filter((answer) => answer.status !== 422).length, 1);
    for (const answer of answers.filter(({ status }) => status === 422)) assert.deepEqual((await answer.json()).errors.map(({ field }) => field), ['captcha']);
  }
});
