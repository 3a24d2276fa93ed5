// The platform's SMS say only the platform's words: nothing a stranger calls himself goes into one.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { SAMPLES, submitted } from './cases.mjs';
import { Client, messages, sql, until } from './client.mjs';
import { decide, joined, newcomer, officer, OFFICERS, readyOperator, register, unitForm, uscc } from './people.mjs';

const HOSTILE = '领奖请访问 evil.example.com 或致电 13800138000';
const CATALOGUE = /^测试(医院|大药房)\d{6}/;

test('names of units lead nowhere', async () => {
  const client = new Client();
  await client.session();
  for (const name of [HOSTILE, '领奖https://a.cn', '示例医院ｗｗｗ．ａ．ｃｎ', '请致电一三八〇〇一三八〇〇〇', '加微信 a@b', '示例\u202e医院']) {
    const answer = await client.put('registration/unit', unitForm('hospital', uscc(), { name }), 422);
    assert.deepEqual(answer.errors.map((each) => each.field), ['name'], name);
  }
  await client.put('registration/unit', unitForm('hospital', uscc(), { name: '中国人民解放军联勤保障部队第903医院' }));
});

describe('whatever a unit, an app and a person are called', () => {
  let who;
  let second;
  let number;
  const texts = () => [who.operator.phone, second.phone].flatMap(messages);

  before(async () => {
    who = await readyOperator('hospital', SAMPLES);
    second = await newcomer(who.unitClient);
    number = await submitted(who, 'hospital', 'auth');
    // as if the form had let it through
    sql(`UPDATE unit SET name = '${HOSTILE}' WHERE account = '${who.unit.account}'`);
    sql(`UPDATE application SET shown_app_name = '${HOSTILE}' WHERE number = '${number}'`);
    sql(`UPDATE operator o JOIN unit_operator b ON b.operator_id = o.id SET o.name = '${HOSTILE}' WHERE b.id = ${second.binding.id}`);
  });

  test('SMS name the institution of the catalogue, and no number of 32 digits', async () => {
    const [first] = (await who.unitClient.get('operators')).items;
    await decide(await officer(OFFICERS.local), number, 'pass', '同意');
    await who.unitClient.post(`operators/${first.id}/transfer`, { business: 'mobile_payment', to: second.binding.id });
    await who.unitClient.post(`operators/${second.binding.id}/password-request`, undefined, 204);
    await who.unitClient.post(`operators/${second.binding.id}/password`, undefined, 204);
    await until(() => ['已通过', '移交给其他经办人', '已授权您办理', '请您重设登录密码', '重置登录密码'].every((part) => texts().some((text) => text.includes(part))));
    for (const text of texts()) {
      assert.doesNotMatch(text, /evil|领奖|13800138000|[0-9a-f]{32}/, text);
      assert.match(text, /^验证码|^测试/);
    }
    assert.ok(texts().some((text) => text.startsWith(`${who.institution.name}的申请`)));
    assert.match(who.institution.name, CATALOGUE);
  });

  test('在站内消息 they read as they were typed, with a way to the application', async () => {
    const { items } = await who.client.get('messages');
    assert.ok(items.some((m) => m.application === number && m.text.includes(HOSTILE)));
  });
});

test('before certification a unit is not named, and its operator hears by his own phone alone', async () => {
  const { unit, operator } = await register('hospital', uscc());
  const unitClient = new Client();
  await unitClient.loginUnit(unit.account, unit.password);
  const [binding] = (await unitClient.get('operators')).items;
  await unitClient.put(`operators/${binding.id}/grants`, { business: ['mobile_payment'] });
  await until(() => messages(operator.phone).some((text) => text.includes('有单位已授权您办理')));
  const other = await readyOperator('hospital', SAMPLES);
  await joined(unitClient, other.operator, other.client);
  await unitClient.del(`operators/${binding.id}`);
  await until(() => messages(operator.phone).some((text) => text === '有单位已解除您的经办人绑定。'));
  assert.ok([operator.phone, unit.legal_phone, other.operator.phone].flatMap(messages).every((text) => !text.includes(unit.name)));
  assert.equal(messages(unit.legal_phone).length, 0);
});
