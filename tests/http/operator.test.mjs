// 单位经办人: one business, one operator, whoever asks at once; hand-over; several units (OP-6 … OP-9, OP-16, A-20, A-27).
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { applicationForm, SAMPLES } from './cases.mjs';
import { Client, messages, until } from './client.mjs';
import { joined, newcomer, PASSWORD, readyOperator } from './people.mjs';

describe('one business has one operator', () => {
  let who;
  let second;
  before(async () => {
    who = await readyOperator('hospital', SAMPLES);
    const { binding, phone } = await newcomer(who.unitClient);
    second = { id: binding.id, phone };
  });
  const bindings = async () => (await who.unitClient.get('operators')).items;
  const holders = async () => (await bindings()).filter((b) => b.grants.includes('mobile_payment'));

  test('granting it to a second one names the holder', async () => {
    const answer = await who.unitClient.call('PUT', `operators/${second.id}/grants`, { business: ['mobile_payment'] }, 422);
    assert.match(answer.errors[0].text, /钱经办/);
  });

  test('handed over in one step: the first is out at once, the drafts stay, both are told', async () => {
    const { number } = await who.client.create('applications', await applicationForm(who, 'hospital', 'mixed'));
    const [first] = await holders();
    await who.unitClient.post(`operators/${first.id}/transfer`, { business: 'mobile_payment', to: first.id }, 422);
    await who.unitClient.post(`operators/${first.id}/transfer`, { business: 'mobile_payment', to: second.id });
    await who.unitClient.post(`operators/${first.id}/transfer`, { business: 'mobile_payment', to: second.id }, 409);
    assert.equal((await who.client.get('applications', 403)).code, 'NOT_GRANTED');
    const next = new Client();
    await next.loginOperator(second.phone, PASSWORD);
    assert.equal((await next.get('applications')).items[0].number, number);
    assert.ok((await next.get(`applications/${number}`)).actions.includes('edit'));
    await until(() => messages(who.operator.phone).some((t) => t.includes('移交给其他经办人办理')) && messages(second.phone).some((t) => t.includes('已授权您办理')));
  });

  test('of 100 grants at once exactly one holder comes out', async () => {
    for (const b of await bindings()) await who.unitClient.put(`operators/${b.id}/grants`, { business: [] });
    const ids = (await bindings()).map((b) => b.id);
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, i) => who.unitClient.send('PUT', `operators/${ids[i % ids.length]}/grants`, { business: ['mobile_payment'] })),
    );
    const seen = [...new Set(answers.map((a) => a.status))].sort();
    assert.ok(seen.includes(200) && seen.every((s) => [200, 409, 422].includes(s)), String(seen));
    assert.equal((await holders()).length, 1);
  });

  test('unbinding takes the grant along, and the last one stays', async () => {
    const [holder] = await holders();
    assert.ok((await bindings()).length === 2 && (await bindings()).every((b) => !b.only));
    await who.unitClient.del(`operators/${holder.id}`);
    assert.equal((await holders()).length, 0);
    const [left] = await bindings();
    assert.equal(left.only, true);
    await who.unitClient.del(`operators/${left.id}`, 409);
  });
});

describe('an operator of two units', () => {
  test('goes from one to the other without signing in again, with a new session id each time', async () => {
    const one = await readyOperator('hospital', SAMPLES);
    const two = await readyOperator('pharmacy', SAMPLES);
    await joined(two.unitClient, one.operator, one.client);
    const client = new Client();
    assert.equal((await client.loginOperator(one.operator.phone, PASSWORD)).unit, null);
    const { items } = await client.get('session/units');
    assert.equal(items.length, 2);
    for (const unit of [...items, ...items]) {
      const cookie = client.cookies.get('jieru');
      const session = await client.put('session/chosen-unit', { unit_id: unit.id });
      assert.equal(session.unit.id, unit.id);
      assert.notEqual(client.cookies.get('jieru'), cookie);
    }
    await client.put('session/chosen-unit', { unit_id: 999999999 }, 404);
  });
});
