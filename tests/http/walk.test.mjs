// The guide from 单位注册 to the formal 反馈单, for both kinds of institution and both business types.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { before, describe, test } from 'node:test';
import { reportKey } from './channel_key.mjs';
import { acceptanceForm, detail, ready, SAMPLES, sheet, submitted } from './cases.mjs';
import { decide, everyDesk, passChain, readyOperator, sentTo } from './people.mjs';

const officers = {};

before(async () => {
  Object.assign(officers, await everyDesk());
});

/** The text of a downloaded sheet, with line breaks taken out of long values. */
async function sheetText(client, url) {
  const answer = await client.send('GET', url);
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get('content-type'), 'application/pdf');
  const file = `${mkdtempSync(`${tmpdir()}/sheet-`)}/sheet.pdf`;
  writeFileSync(file, Buffer.from(await answer.arrayBuffer()));
  execFileSync('qpdf', ['--check', file]);
  return execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
}

for (const kind of ['hospital', 'pharmacy'])
  for (const business of ['auth', 'mixed'])
    describe(`${kind}, ${business}`, () => {
      let who;
      let number;

      test('a new unit is certified, its operator authorised and signed in', async () => {
        who = await readyOperator(kind, SAMPLES);
      });

      test('the 申请单 is saved, changed and submitted', async () => {
        number = await submitted(who, kind, business);
        const d = await detail(who, number);
        assert.equal(d.status_text, '申请审核中');
        assert.equal(d.answers.remark, '改过一次');
        assert.deepEqual(d.records.map((r) => r.who).slice(-1), ['广州市医疗保障局']);
        assert.ok(d.records.at(-1).pending);
      });

      test('地方, 省 and 国家 pass it, and the test sheets are there', async () => {
        await passChain(officers, number);
        const d = await ready(who, number, 'test');
        assert.equal(d.status_text, '申请审核通过');
        assert.match(d.tip, /^温馨提示: 下载测试环境/);
        const text = await sheetText(who.client, sheet(d, 'test', 'payment').url);
        assert.match(text, /测试环境/);
        assert.match(text, /广东省医疗保障局/);
        assert.equal(Boolean(sheet(d, 'test', 'identity')), business === 'auth');
        if (business === 'auth') assert.match(await sheetText(who.client, sheet(d, 'test', 'identity').url), /机构渠道认证编码/);
      });

      test('the 验收单 is saved, submitted and passed', async () => {
        const form = await acceptanceForm(who, kind, business);
        let d = await detail(who, number);
        const { version } = await who.client.put(`applications/${number}/acceptance`, { ...form, version: d.version });
        d = await detail(who, number);
        assert.equal(d.status_text, '申请审核通过');
        await who.client.post(`applications/${number}/acceptance/submission`, { version });
        assert.equal((await detail(who, number)).status_text, '验收审核中');
        await passChain(officers, number);
        assert.equal((await detail(who, number)).status_text, '验收审核通过');
      });

      test('the formal payment sheet waits for the channel key, then prints it', async () => {
        let d = await ready(who, number, 'formal');
        assert.ok(sheet(d, 'formal', 'payment').blocked);
        assert.equal((await who.client.send('GET', sheet(d, 'formal', 'payment').url)).status, 409);
        const publicKey = await reportKey(who.client, number);
        d = await detail(who, number);
        assert.equal(sheet(d, 'formal', 'payment').blocked, null);
        const text = await sheetText(who.client, sheet(d, 'formal', 'payment').url);
        assert.match(text, /正式环境/);
        assert.match(text, /渠道自行/);
        assert.ok(text.replace(/\s/g, '').length > 0 && publicKey.length === 88);
      });

      test('the operator was told by SMS and 站内消息', async () => {
        const texts = await sentTo(who.operator.phone, 3);
        assert.ok(texts.some((t) => t.includes('验收审核通过')));
        const { items } = await who.client.get('messages');
        assert.ok(items.some((m) => m.application === number && m.title === '验收审核通过'));
      });
    });

describe('rejection and resubmission', () => {
  let who;
  let number;

  test('a rejected 申请单 is edited and filed again under its number', async () => {
    who = await readyOperator('hospital', SAMPLES);
    number = await submitted(who, 'hospital', 'mixed');
    await decide(officers.local, number, 'reject', '申请函缺少盖章，请补充');
    let d = await detail(who, number);
    assert.equal(d.status_text, '申请审核驳回');
    const files = Object.fromEntries(Object.entries(d.files).map(([k, f]) => [k, f.id]));
    const { version } = await who.client.put(`applications/${number}`, { ...d.answers, ...files, remark: '已补充', version: d.version });
    await who.client.post(`applications/${number}/submission`, { version });
    d = await detail(who, number);
    assert.equal(d.number, number);
    assert.deepEqual(d.records.filter((r) => !r.pending).map((r) => r.event), ['submit', 'reject', 'submit']);
    assert.equal(d.records[1].remark, '申请函缺少盖章，请补充');
  });

  test('省 and 国家 may refuse too, and the chain begins again at 地方', async () => {
    await decide(officers.local, number, 'pass');
    await decide(officers.province, number, 'reject', '省局驳回意见');
    let d = await detail(who, number);
    assert.equal(d.records.filter((r) => !r.pending).at(-1).result_text, '备案驳回');
    await who.client.post(`applications/${number}/submission`, { version: d.version });
    d = await detail(who, number);
    assert.equal(d.records.at(-1).desk, 'local');
  });

  test('驳回 needs an opinion', async () => {
    const seen = await officers.local.get(`applications/${number}`);
    const answer = await officers.local.post(`applications/${number}/decision`, { version: seen.version, event: 'reject' }, 422);
    assert.equal(answer.errors[0].field, 'remark');
  });
});

describe('弃用', () => {
  test('is offered from every state but draft, needs a reason, and is final', async () => {
    const who = await readyOperator('hospital', SAMPLES);
    const number = await submitted(who, 'hospital', 'mixed');
    let d = await detail(who, number);
    assert.ok(d.actions.includes('discard'));
    await who.client.post(`applications/${number}/discard`, { version: d.version }, 422);
    await who.client.post(`applications/${number}/discard`, { version: d.version, reason: '填写错误' });
    d = await detail(who, number);
    assert.equal(d.status_text, '已弃用');
    assert.deepEqual(d.actions, []);
    await who.client.post(`applications/${number}/discard`, { version: d.version, reason: '再次' }, 409);
    const { items } = await who.client.get('applications?state=discarded');
    assert.equal(items[0].number, number);
  });

  test('of a passed application disables its credentials', async () => {
    const who = await readyOperator('pharmacy', SAMPLES);
    const number = await submitted(who, 'pharmacy', 'mixed');
    await passChain(officers, number);
    let d = await ready(who, number, 'test');
    const { url } = sheet(d, 'test', 'payment');
    await who.client.post(`applications/${number}/discard`, { version: d.version, reason: '不再接入' });
    d = await detail(who, number);
    assert.equal(d.status_text, '已弃用');
    assert.equal((await who.client.send('GET', url)).status, 409);
  });
});

test('templates of letters and reports are real files', () => {
  for (const name of ['application-letter.pdf', 'test-report.pdf', 'recording-notes.pdf'])
    assert.match(readFileSync(new URL(`../../web/dist/public/documents/${name}`, import.meta.url)).subarray(0, 5).toString(), /%PDF-/);
});
