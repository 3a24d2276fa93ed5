// 批注: drafted while reviewing, sent with the decision, seen in place, and what they reopen.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { acceptanceForm, applicationForm, detail, ready, SAMPLES, submitted } from './cases.mjs';
import { sql } from './client.mjs';
import { decide, officer, OFFICERS, orderNo, passChain, readyOperator } from './people.mjs';

let who;
let officers;
const filed = {}; // number by what it is for

before(async () => {
  officers = { colleague: await officer('gz02') };
  for (const desk of ['local', 'province', 'nation']) officers[desk] = await officer(OFFICERS[desk]);
});

const place = (number, rest = '') => `applications/${number}/pins${rest}`;
const pin = (number, field, text, more = {}, status = 201, client = officers.local) =>
  client.create(place(number), { field, text, ...more }, status);
/** The whole form as the applicant's page would send it. */
const body = (seen, more = {}) => ({
  ...seen.answers,
  ...Object.fromEntries(Object.entries(seen.files).map(([field, file]) => [field, file.id])),
  version: seen.version,
  ...more,
});
const refusedFields = async (answer) => {
  assert.equal(answer.status, 422);
  return (await answer.json()).errors.map((error) => error.field).sort();
};

describe('a 批注', () => {
  before(async () => {
    who = await readyOperator('hospital', SAMPLES);
    filed.one = await submitted(who, 'hospital', 'auth');
  });
  test('is pinned to a field, a page or all of a file of the form on the desk', async () => {
    const letter = await pin(filed.one, 'application_letter', '第二页没有盖章', { place: 2 });
    assert.deepEqual([letter.kind, letter.place], ['page', 2]);
    const phone = await pin(filed.one, 'contact_phone', '电话无人接听');
    assert.deepEqual([phone.kind, phone.place], ['field', null]);
    const refused = async (field, more = {}) => refusedFields(await officers.local.send('POST', place(filed.one), { field, text: '不可以', ...more }, { 'idempotency-key': '0123456789abcdef' }));
    assert.deepEqual(await refused('contact_phone', { place: 3 }), ['place']);
    assert.deepEqual(await refused('app_screenshot', { place: 1 }), ['place'], 'a picture has no pages');
    assert.deepEqual(await refused('video_clinic'), ['field'], 'of the other form');
    assert.deepEqual(await refused('official_channel'), ['field'], 'not asked here');
    assert.deepEqual(await refused('version'), ['field']);
    assert.deepEqual(await refused('application_letter', { text: '短' }), ['text']);
    assert.deepEqual(await refused('application_letter', { place: 0 }), ['place']);
  });
  test('survives a reload, and is its writer\'s alone until it is sent', async () => {
    await officers.local.put(`applications/${filed.one}/draft`, { event: 'reject', remark: '请按批注修改' }, 204);
    const { draft } = await officers.local.get(`applications/${filed.one}`);
    assert.deepEqual([draft.event, draft.remark], ['reject', '请按批注修改']);
    assert.deepEqual(draft.pins.map((each) => each.text), ['第二页没有盖章', '电话无人接听']);
    assert.deepEqual((await officers.colleague.get(`applications/${filed.one}`)).draft.pins, []);
    const [first] = draft.pins;
    await officers.colleague.put(place(filed.one, `/${first.id}`), { field: 'application_letter', text: '改了它' }, 404);
    await officers.colleague.del(place(filed.one, `/${first.id}`), 404);
    await officers.local.put(place(filed.one, `/${first.id}`), { field: 'application_letter', text: '第三页没有盖章', place: 3 });
    const extra = await pin(filed.one, 'remark', '写错了');
    await officers.local.del(place(filed.one, `/${extra.id}`));
    assert.deepEqual((await officers.local.get(`applications/${filed.one}`)).draft.pins.map((each) => each.place), [3, null]);
    assert.ok((await detail(who, filed.one)).records.every((record) => record.pins.length === 0), 'the applicant sees no draft');
  });
  test('passes on to the colleague who takes over', async () => {
    await officers.local.put(`applications/${filed.one}/claim`, {});
    await officers.colleague.create(place(filed.one), { field: 'remark', text: '不是我的' }, 409);
    await officers.colleague.put(`applications/${filed.one}/draft`, {}, 409);
    await officers.colleague.put(`applications/${filed.one}/claim`, { reason: '同事休假' });
    const { draft } = await officers.colleague.get(`applications/${filed.one}`);
    assert.equal(draft.pins.length, 2);
    assert.equal(draft.remark, '请按批注修改');
  });
  test('is refused where it does not lie, and to strangers', async () => {
    await pin(filed.one, 'remark', '不在本级', {}, 409, officers.province);
    await pin(filed.one, 'remark', '不在本级', {}, 404, await officer('cd01'));
  });
  test('goes out with the decision, to the record and to the form', async () => {
    await decide(officers.colleague, filed.one, 'reject', '请按批注修改');
    const seen = await detail(who, filed.one);
    const rejection = seen.records.at(-1);
    assert.deepEqual(rejection.pins.map((each) => [each.field, each.kind, each.place, each.text]), [
      ['application_letter', 'page', 3, '第三页没有盖章'],
      ['contact_phone', 'field', null, '电话无人接听'],
    ]);
    assert.deepEqual(seen.reopened, ['contact_phone', 'application_letter']);
    assert.deepEqual((await officers.colleague.get(`applications/${filed.one}`)).draft.pins, []);
    await officers.colleague.create(place(filed.one), { field: 'remark', text: '太晚了' }, 409);
  });
});

describe('after 驳回 with 批注', () => {
  test('only what they are pinned to may change', async () => {
    const seen = await detail(who, filed.one);
    const put = (more) => who.client.send('PUT', `applications/${filed.one}`, body(seen, more));
    assert.deepEqual(await refusedFields(await put({ remark: '另一个备注', app_name: '另一个名称' })), ['app_name', 'remark']);
    const other = await who.client.upload('agreement', `${SAMPLES}/定点机构协议.pdf`);
    assert.deepEqual(await refusedFields(await put({ agreement: other })), ['agreement'], 'a file is what was filed');
    assert.deepEqual(await refusedFields(await put({ business_type: 'mixed', channel: undefined, app_source: undefined, app_name: undefined, app_type: undefined, app_screenshot: undefined })),
      ['app_name', 'app_screenshot', 'app_source', 'app_type', 'business_type', 'channel']);
    assert.deepEqual(await refusedFields(await put({ remark: undefined })), ['remark'], 'nor be emptied');
    const letter = await who.client.upload('application_letter', `${SAMPLES}/申请方案.pdf`);
    const saved = await put({ contact_phone: '13800138000', application_letter: letter });
    assert.equal(saved.status, 200);
    await who.client.post(`applications/${filed.one}/submission`, { version: (await saved.json()).version });
  });
  test('the next round tells what changed, by the content of files', async () => {
    const seen = await officers.local.get(`applications/${filed.one}`);
    const [{ items }] = seen.changes;
    assert.deepEqual(items.map((item) => item.field).sort(), ['application_letter', 'contact_phone']);
    const file = items.find((item) => item.file);
    assert.notEqual(file.before_file.digest, file.after_file.digest);
    assert.match(file.before_file.digest, /^[0-9a-f]{64}$/);
    const old = await officers.local.send('GET', `uploads/${file.before_file.id}/content`);
    assert.equal(old.status, 200, 'the file of the last round can still be read');
    assert.deepEqual(seen.records.find((record) => record.event === 'reject').pins.length, 2, 'earlier remarks stay');
    assert.equal(seen.reopened, null);
  });
  test('of another desk, its own 批注 count and not those of before', async () => {
    await decide(officers.local, filed.one, 'pass');
    await pin(filed.one, 'app_source', '应用来源不对', {}, 201, officers.province);
    await decide(officers.province, filed.one, 'reject', '请核对应用来源');
    const seen = await detail(who, filed.one);
    assert.deepEqual(seen.reopened, ['app_source', 'official_channel', 'existing_app', 'app_name', 'app_screenshot', 'app_type'], 'with what is asked because of it');
    const saved = await who.client.put(`applications/${filed.one}`, body(seen, { app_name: `新名称${who.institution.code}` }));
    await who.client.post(`applications/${filed.one}/submission`, { version: saved.version });
    await decide(officers.local, filed.one, 'reject', '没有批注的驳回');
    assert.equal((await detail(who, filed.one)).reopened, null, 'without 批注 all of it is open');
    const again = await detail(who, filed.one);
    await who.client.put(`applications/${filed.one}`, body(again, { remark: '又改了备注' }));
  });
  test('what would not be accepted any more is open too', async () => {
    const other = await readyOperator('hospital', SAMPLES);
    const form = await applicationForm(other, 'hospital', 'auth');
    const [{ id }] = (await other.client.get('official-channels?channel=wechat')).items;
    for (const name of ['app_name', 'app_type', 'app_screenshot']) delete form[name];
    const { number, version } = await other.client.create('applications', { ...form, app_source: 'official', official_channel: id });
    await other.client.post(`applications/${number}/submission`, { version });
    await pin(number, 'contact_name', '联系人有误');
    await decide(officers.local, number, 'reject', '请修改联系人');
    assert.deepEqual((await detail(other, number)).reopened, ['contact_name']);
    sql(`UPDATE official_channel SET active = 0 WHERE id = ${id}`);
    try {
      assert.deepEqual((await detail(other, number)).reopened, ['official_channel', 'contact_name']);
    } finally {
      sql(`UPDATE official_channel SET active = 1 WHERE id = ${id}`);
    }
  });
});

describe('a 批注 of the 验收单', () => {
  test('is pinned to a second; only the recording is reopened, and an order that grew too old', async () => {
    const own = await readyOperator('hospital', SAMPLES);
    const number = await submitted(own, 'hospital', 'auth');
    await passChain(officers, number);
    await ready(own, number, 'test');
    const form = await acceptanceForm(own, 'hospital', 'auth');
    const saved = await own.client.put(`applications/${number}/acceptance`, { ...form, version: (await detail(own, number)).version });
    await own.client.post(`applications/${number}/acceptance/submission`, { version: saved.version });
    const at = await pin(number, 'video_clinic', '这里看不清金额', { place: 75 });
    assert.deepEqual([at.kind, at.place], ['second', 75]);
    await pin(number, 'application_letter', '不是这张单', {}, 422);
    await decide(officers.local, number, 'reject', '请重新录制');
    const seen = await detail(own, number);
    assert.deepEqual(seen.reopened, ['video_clinic']);
    const put = (more) => own.client.send('PUT', `applications/${number}/acceptance`, body({ ...seen.acceptance, version: seen.version }, more));
    assert.deepEqual(await refusedFields(await put({ order_no: orderNo() })), ['order_no']);
    /* the order is of three days ago by now: nobody could submit without another one */
    sql(`UPDATE application SET order_no = '${orderNo(4 * 86400)}' WHERE number = '${number}'`);
    assert.deepEqual((await detail(own, number)).reopened, ['order_no', 'auth_code', 'video_clinic']);
    const video = await own.client.upload('video', `${SAMPLES}/线上购药.mp4`);
    const again = await put({ order_no: orderNo(), video_clinic: video });
    assert.equal(again.status, 200, await again.clone().text());
    await own.client.post(`applications/${number}/acceptance/submission`, { version: (await again.json()).version });
    const changed = (await officers.local.get(`applications/${number}`)).changes.filter((change) => change.phase === 'accept');
    assert.ok(changed[0].items.some((item) => item.field === 'video_clinic'));
  });
});
