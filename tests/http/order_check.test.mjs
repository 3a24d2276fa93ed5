// With a payment platform configured, the order of the 验收单 is looked up there.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, describe, test } from 'node:test';
import { platform } from './platform.mjs';
import { acceptanceForm, detail, ready, SAMPLES, submitted } from './cases.mjs';
import { sql } from './client.mjs';
import { everyDesk, orderNo, passChain, readyOperator } from './people.mjs';

const restart = (url) =>
  execFileSync('deploy/up', ['--no-build', ...process.env.UP_ARGS.split(' ')], {
    stdio: 'ignore',
    env: { ...process.env, JIERU_ORDER_CHECK: url },
  });

describe('order check', () => {
  let officers;
  let who;
  let number;
  let simulator;
  const tell = (method, path, body) =>
    fetch(new URL(path, simulator.url), { method, body: JSON.stringify(body) }).then((a) => assert.equal(a.status, 204));

  before(async () => {
    officers = await everyDesk();
    who = await readyOperator('hospital', SAMPLES);
    number = await submitted(who, 'hospital', 'mixed');
    await passChain(officers, number);
    await ready(who, number, 'test');
    simulator = await platform();
    restart(simulator.url);
  });

  after(async () => {
    restart('');
    await simulator?.close();
  });

  /** Saves a 验收单 with that order and submits it; the answer. */
  async function file(order_no, status) {
    const { version } = await detail(who, number);
    const form = { ...(await acceptanceForm(who, 'hospital', 'mixed')), order_no };
    const saved = await who.client.put(`applications/${number}/acceptance`, { ...form, version });
    return who.client.post(`applications/${number}/acceptance/submission`, { version: saved.version }, status);
  }

  test('an order the platform does not know is refused at its field, and so is one of another 应用ID', async () => {
    let answer = await file(orderNo(), 422);
    assert.deepEqual(answer.errors.map((e) => e.field), ['order_no']);
    assert.match(answer.errors[0].text, /支付平台没有/);
    const foreign = orderNo();
    await tell('POST', 'orders', { order_no: foreign, app_id: '0'.repeat(32) });
    answer = await file(foreign, 422);
    assert.deepEqual(answer.errors.map((e) => e.field), ['order_no']);
  });

  test('a platform that is down or answers strangely lets nothing through, and nothing is lost', async () => {
    for (const mode of ['down', 'strange']) {
      await tell('PUT', 'mode', { mode });
      const order_no = orderNo();
      await file(order_no, 503);
      const d = await detail(who, number);
      assert.deepEqual([d.status, d.acceptance.answers.order_no], ['applied', order_no]);
    }
    await tell('PUT', 'mode', { mode: 'up' });
  });

  test('an order it knows for this 应用ID is filed', async () => {
    const [[app_id]] = sql(`SELECT c.app_id FROM credential c JOIN application a ON a.id = c.application_id
      WHERE a.number = '${number}' AND c.environment = 1`);
    const order_no = orderNo();
    await tell('POST', 'orders', { order_no, app_id });
    await file(order_no, 200);
    assert.equal((await detail(who, number)).status, 'accept_review');
    const { acceptance } = await officers.local.get(`applications/${number}`);
    assert.ok(acceptance.order_checked_at > Date.now() / 1000 - 600, 'the officer reads 已核验');
  });
});
