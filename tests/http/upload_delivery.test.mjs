// How files are handed out: what is shown inside the page and what is only saved, with which headers,
// under which name, to whom, and that each look is kept.
import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { before, test } from 'node:test';
import { applicationForm, detail, SAMPLES } from './cases.mjs';
import { BASE, REVIEW, sql } from './client.mjs';
import { officer, readyOperator } from './people.mjs';

let who;
const files = {};

before(async () => {
  who = await readyOperator('hospital', SAMPLES);
  const put = async (kind, slot, file, name) => (files[kind] = { key: await who.client.upload(slot, `${SAMPLES}/${file}`, name), path: `${SAMPLES}/${file}` });
  await put('pdf', 'application_letter', '申请函.pdf');
  await put('jpg', 'business_licence', '营业执照.jpg');
  await put('png', 'app_screenshot', '应用首页截图.png');
  await put('mp4', 'video', '诊间结算.mp4');
  await put('zip', 'test_report', '测试报告.zip');
  await put('docx', 'test_report', '测试报告.docx');
});

const get = (key, headers = {}, query = '') => who.client.send('GET', `uploads/${key}/content${query}`, undefined, headers);
const TYPES = {
  pdf: 'application/pdf', jpg: 'image/jpeg', png: 'image/png', mp4: 'video/mp4', zip: 'application/zip',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
};
const SHOWN = ['pdf', 'jpg', 'png', 'mp4'];

for (const kind of Object.keys(TYPES))
  test(`${kind} is ${SHOWN.includes(kind) ? 'shown' : 'only saved'}, with a fixed type and nothing allowed in it`, async () => {
    const answer = await get(files[kind].key);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('content-type'), TYPES[kind]);
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
    assert.match(answer.headers.get('content-security-policy'), /(^|; )sandbox$/);
    assert.match(answer.headers.get('content-security-policy'), /default-src 'none'/);
    assert.match(answer.headers.get('cache-control'), /no-store/);
    assert.equal(answer.headers.get('x-accel-redirect'), null);
    assert.match(answer.headers.get('content-disposition'), SHOWN.includes(kind) ? /^inline;/ : /^attachment;/);
    assert.ok(Buffer.from(await answer.arrayBuffer()).equals(readFileSync(files[kind].path)));
    assert.match((await get(files[kind].key, {}, '?download=1')).headers.get('content-disposition'), /^attachment;/);
  });

test('a recording is jumped within: ranges', async () => {
  const whole = readFileSync(files.mp4.path);
  const size = statSync(files.mp4.path).size;
  for (const [range, from, to] of [['bytes=0-99', 0, 99], [`bytes=${size - 500}-`, size - 500, size - 1], ['bytes=-300', size - 300, size - 1], ['bytes=70000-70999', 70000, 70999]]) {
    const answer = await get(files.mp4.key, { range });
    assert.equal(answer.status, 206, range);
    assert.equal(answer.headers.get('content-range'), `bytes ${from}-${to}/${size}`);
    assert.equal(answer.headers.get('content-type'), 'video/mp4');
    assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
    assert.ok(Buffer.from(await answer.arrayBuffer()).equals(whole.subarray(from, to + 1)));
  }
  assert.equal((await get(files.mp4.key, { range: `bytes=${size}-` })).status, 416);
  assert.equal((await get(files.mp4.key)).headers.get('accept-ranges'), 'bytes');
});

test('names are told as RFC 6266 and 8187 ask, and can do no harm', async () => {
  for (const [given, shown] of [
    ['申请函 (1).pdf', '申请函 (1).pdf'],
    ['a"b\\c;.pdf', /^c;\.pdf$/],
    ['../../etc/passwd.pdf', 'passwd.pdf'],
    ['C:\\temp\\方案.pdf', '方案.pdf'],
    ['line\r\nSet-Cookie: a=b.pdf', /^line.*Set-Cookie: a=b\.pdf$/],
    ['申请\u202efdp.\u2066函\u200f.pdf', '申请fdp.函.pdf'],
    ['emoji😀.PDF', 'emoji😀.PDF'],
  ]) {
    const key = await who.client.upload('application_letter', `${SAMPLES}/申请函.pdf`, given);
    const answer = await get(key);
    const header = answer.headers.get('content-disposition');
    const found = header.match(/^inline; filename="([^"\\\r\n]*)"; filename\*=UTF-8''([A-Za-z0-9!#$&+\-.^_`|~%]+)$/);
    assert.ok(found, header);
    assert.match(found[1], /^[\x20-\x7e]*$/);
    const name = decodeURIComponent(found[2]);
    if (shown instanceof RegExp) assert.match(name, shown);
    else assert.equal(name, shown);
    assert.doesNotMatch(name, /[\x00-\x1f\x7f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069/\\]/);
    assert.equal((await who.client.get(`uploads/${key}`)).name, name);
    assert.equal(answer.headers.get('set-cookie'), null);
  }
});

test('each request is asked who it is', async () => {
  const path = `uploads/${files.pdf.key}/content`;
  const nobody = await fetch(`${BASE}/api/v1/${path}`);
  assert.equal(nobody.status, 401);
  const stranger = await readyOperator('hospital', SAMPLES);
  const foreign = await stranger.client.send('GET', path);
  const none = await stranger.client.send('GET', `uploads/${'0'.repeat(32)}/content`);
  assert.equal(foreign.status, 404);
  const [a, b] = await Promise.all([foreign.text(), none.text()]);
  assert.equal(a.replace(/"request":"\w+"/, ''), b.replace(/"request":"\w+"/, '')); // as if it did not exist
  const [[digest]] = sql(`SELECT digest FROM upload WHERE id = '${files.pdf.key}'`);
  for (const site of [BASE, REVIEW]) assert.equal((await fetch(`${site}/_store/${digest.slice(0, 2)}/${digest.slice(2, 4)}/${digest}`)).status, 404);
});

test('an officer reads what was filed with his bureau, not before, and every look is in the audit', async () => {
  const form = await applicationForm(who, 'hospital', 'mixed');
  const { number, version } = await who.client.create('applications', form);
  const [local, elsewhere] = [await officer('gz01'), await officer('gd01')];
  const path = `uploads/${form.application_letter}/content`;
  assert.equal((await local.send('GET', path)).status, 404);
  await who.client.post(`applications/${number}/submission`, { version });
  for (const client of [local, elsewhere, local]) assert.equal((await client.send('GET', path)).status, 200);
  assert.equal((await local.send('GET', `${path}?download=1`)).status, 200);
  const rows = sql(`SELECT deed, role, detail FROM audit WHERE object = 'upload/${form.application_letter}' AND deed = 'upload.view' ORDER BY id`);
  assert.deepEqual(rows.map(([deed, , more]) => [deed, more]), [['upload.view', ''], ['upload.view', ''], ['upload.view', ''], ['upload.view', 'download=1']]);
  const d = await detail(who, number);
  await who.client.post(`applications/${number}/discard`, { version: d.version, reason: '测试' });
});
