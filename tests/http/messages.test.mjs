// 站内消息, and notices by SMS that a person may switch off.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { SAMPLES, submitted } from './cases.mjs';
import { messages, until } from './client.mjs';
import { decide, OFFICERS, officer, readyOperator, sentTo } from './people.mjs';

describe('站内消息', () => {
  let who;
  let local;
  let number;

  before(async () => {
    who = await readyOperator('hospital', SAMPLES);
    local = await officer(OFFICERS.local);
    number = await submitted(who, 'hospital', 'mixed');
  });

  const inbox = () => who.client.get('messages');

  test('one is marked as read, then all of them, and the session counts', async () => {
    const first = await inbox();
    assert.ok(first.unread > 0);
    assert.equal((await who.client.session()).unread, first.unread);
    await who.client.post('messages/read', { id: first.items[0].id }, 204);
    assert.equal((await inbox()).unread, first.unread - 1);
    assert.equal((await inbox()).items[0].read, true);
    await who.client.post('messages/read', { id: 0 }, 204);
    assert.equal((await who.client.session()).unread, 0);
  });

  test('SMS switched off: progress comes by 站内消息 alone, what is about the account by SMS still', async () => {
    const { phone } = who.operator;
    await until(() => messages(phone).some((text) => text.startsWith(who.institution.name) && text.includes('的申请已提交')));
    assert.equal((await inbox()).sms, true);
    assert.deepEqual(await who.client.put('messages/sms', { on: false }), { sms: false });
    assert.equal((await inbox()).sms, false);
    const sent = messages(phone).length;
    await decide(local, number, 'reject', '请补盖公章');
    assert.ok((await inbox()).items.some((m) => m.application === number && m.title === '审核驳回'));
    // a new password is sent after it: had the other been sent, it would have come before
    const [binding] = (await who.unitClient.get('operators')).items;
    await who.unitClient.post(`operators/${binding.id}/password`, {}, 204);
    const texts = (await sentTo(phone, sent + 1)).slice(sent);
    assert.equal(texts.length, 1);
    assert.match(texts[0], /新密码/);
  });

  test('a unit account has no such switch', async () => {
    assert.equal((await who.unitClient.get('messages')).sms, null);
    await who.unitClient.put('messages/sms', { on: false }, 403);
  });
});
