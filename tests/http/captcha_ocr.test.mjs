// Plain OCR does not read our captchas: under 5 % of 50 pictures (LONG=1: of 200).
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { Client, redis } from './client.mjs';

const COUNT = process.env.LONG ? 200 : 50;

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
