// A 移动支付订单号 counts once in the nation: for one 应用ID, and for one 验收单 that is not given up.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { acceptanceForm, detail, ready, SAMPLES, submitted } from './cases.mjs';
import { sql } from './client.mjs';
import { decide, everyDesk, orderNo, passChain, readyOperator } from './people.mjs';

describe('an order', () => {
  let officers;

  before(async () => {
    officers = await everyDesk();
  });

  /** An application that may file its 验收单. */
  async function applied(region = '440103') {
    const who = await readyOperator('hospital', SAMPLES, [region]);
    const number = await submitted(who, 'hospital', 'mixed');
    await passChain(officers, number);
    await ready(who, number, 'test');
    return { who, number };
  }

  /** Saves its 验收单 with that order; what submits it, whatever comes of it where no status is expected. */
  async function saved({ who, number }, order_no) {
    const { version } = await detail(who, number);
    const form = { ...(await acceptanceForm(who, 'hospital', 'mixed')), order_no };
    const answer = await who.client.put(`applications/${number}/acceptance`, { ...form, version });
    const [path, body] = [`applications/${number}/acceptance/submission`, { version: answer.version }];
    return (status) =>
      status ? who.client.post(path, body, status) : who.client.send('POST', path, body).then((got) => got.json());
  }

  const orderOf = async (number) => (await officers.local.get(`applications/${number}`)).acceptance.order_checked_at;

  test('serves one 验收单 in the nation, and what is refused says what to do', async () => {
    const [one, other] = [await applied(), await applied()];
    const order = orderNo();
    await (await saved(one, order))(200);
    const refused = await (await saved(other, order.toLowerCase()))(422);
    assert.deepEqual(refused.errors.map((e) => e.field), ['order_no']);
    assert.match(refused.errors[0].text, /已用于其他申请单的验收.*新的订单号/);
    const seen = await detail(other.who, other.number);
    assert.equal(seen.status, 'applied', 'nothing moved');
    assert.equal(seen.acceptance.answers.order_no, order, 'and nothing is lost');
    await (await saved(other, orderNo()))(200);
  });

  test('stays with its application after 驳回, and with its 应用ID after 弃用', async () => {
    const [one, other] = [await applied(), await applied()];
    const order = orderNo();
    await (await saved(one, order))(200);
    await decide(officers.local, one.number, 'reject', '录屏不完整');
    await (await saved(other, order))(422);
    await (await saved(one, order))(200);
    const { version } = await detail(one.who, one.number);
    await one.who.client.post(`applications/${one.number}/discard`, { version, reason: '不再接入' });
    await (await saved(other, order))(422);
  });

  test('of 验收单 submitted at once with the same order exactly one wins', async () => {
    const all = [await applied(), await applied(), await applied()];
    const order = orderNo();
    const submissions = [];
    for (const each of all) submissions.push(await saved(each, order));
    const answers = await Promise.all(submissions.map((submit) => submit()));
    assert.equal(answers.filter((a) => a.state === 'ACCEPT_LOCAL').length, 1);
    assert.equal(answers.filter((a) => a.code === 'INVALID' && a.errors[0].field === 'order_no').length, 2);
    assert.equal(Number(sql(`SELECT COUNT(*) FROM application WHERE order_no = '${order}' AND state = 50`)[0][0]), 1);
  });

  test('reads 未核验 to an officer where no payment platform was asked, and nothing to the applicant', async () => {
    const one = await applied();
    await (await saved(one, orderNo()))(200);
    assert.equal(await orderOf(one.number), null);
    assert.ok(!('order_checked_at' in (await detail(one.who, one.number)).acceptance));
  });
});
