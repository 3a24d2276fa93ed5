// What an officer who may not take files along gets of them, by every way there is to ask.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, test } from 'node:test';
import { acceptanceForm, ready, SAMPLES, submitted } from './cases.mjs';
import { sql } from './client.mjs';
import { confirmed, officer, OFFICERS, passChain, readyOperator } from './people.mjs';

let looker; // of the national bureau, without the right
let taker;
let number;
const files = {};

before(async () => {
  const who = await readyOperator('hospital', SAMPLES);
  number = await submitted(who, 'hospital', 'auth');
  const seats = {};
  for (const desk of ['local', 'province', 'nation']) seats[desk] = await officer(OFFICERS[desk]);
  await passChain(seats, number);
  const { version } = await who.client.put(`applications/${number}/acceptance`, { ...(await acceptanceForm(who, 'hospital', 'auth')), version: (await ready(who, number, 'test')).version });
  await who.client.post(`applications/${number}/acceptance/submission`, { version });
  const d = await who.client.get(`applications/${number}`);
  Object.assign(files, { pdf: d.files.application_letter.id, png: d.files.app_screenshot.id, mp4: d.acceptance.files.video_clinic.id, zip: d.acceptance.files.test_report.id });
  looker = await officer('gj02');
  taker = await officer(OFFICERS.nation);
});
const ask = (client, key, { query = '', dest, method = 'GET', headers = {} } = {}) =>
  client.send(method, `uploads/${key}/content${query}`, undefined, { ...(dest !== undefined && { 'sec-fetch-dest': dest }), ...headers });
const SHOWN = { pdf: 'iframe', png: 'image', mp4: 'video' };

describe('without the right to download', () => {
  test('what a page shows is shown in the page', async () => {
    for (const [kind, dest] of Object.entries(SHOWN)) {
      const answer = await ask(looker, files[kind], { dest });
      assert.equal(answer.status, 200, kind);
      assert.match(answer.headers.get('content-disposition'), /^inline;/);
      assert.match(answer.headers.get('cache-control'), /no-store/);
      assert.match(answer.headers.get('cross-origin-resource-policy') ?? 'same-origin', /same-origin/);
    }
  });
  test('a recording is jumped within', async () => {
    const answer = await ask(looker, files.mp4, { dest: 'video', headers: { range: 'bytes=100-199' } });
    assert.equal(answer.status, 206);
    assert.ok(Buffer.from(await answer.arrayBuffer()).equals(readFileSync(`${SAMPLES}/诊间结算.mp4`).subarray(100, 200)));
  });
  test('nothing is handed out to be saved: not by its address, by a script, by 另存为, by any spelling of download', async () => {
    for (const kind of Object.keys(SHOWN)) {
      for (const dest of [undefined, '', 'document', 'empty', 'Iframe', 'iframe,document', 'script', 'worker'])
        assert.equal((await ask(looker, files[kind], { dest })).status, 403, `${kind} ${dest}`);
      assert.equal((await ask(looker, files[kind], { dest: SHOWN[kind], query: '?download=1' })).status, 403);
      assert.equal((await ask(looker, files[kind], { dest: SHOWN[kind], query: '?x=2&download=1' })).status, 403);
      assert.equal((await ask(looker, files[kind], { dest: SHOWN[kind], query: '?download=%31' })).status, 403);
      assert.equal((await ask(looker, files[kind], { dest: undefined, headers: { range: 'bytes=0-9' } })).status, 403);
      for (const query of ['?download=', '?download=2', '?download=true', '?Download=1', '?download']) {
        const answer = await ask(looker, files[kind], { dest: SHOWN[kind], query });
        assert.ok(answer.status === 403 || /^inline;/.test(answer.headers.get('content-disposition')), query);
      }
    }
  });
  test('what no page can show is not handed out at all', async () => {
    for (const dest of [undefined, 'document', 'iframe', 'embed', 'object'])
      assert.equal((await ask(looker, files.zip, { dest })).status, 403, String(dest));
  });
  test('no other method, name or place leads to it', async () => {
    const [[digest]] = sql(`SELECT digest FROM upload WHERE id = '${files.pdf}'`);
    for (const method of ['HEAD', 'POST', 'PUT', 'PATCH', 'OPTIONS', 'DELETE'])
      assert.ok([403, 404, 405].includes((await ask(looker, files.pdf, { method, dest: 'iframe' })).status), method);
    for (const path of [`/_store/${digest.slice(0, 2)}/${digest.slice(2, 4)}/${digest}`, `/_store/`, `/api/v1/uploads/${files.pdf}/content/`, `/api/v1//uploads/${files.pdf}/content`, `/api/v1/uploads/${files.pdf.toUpperCase()}/content`, `/api/v1/uploads/${files.pdf}/../${files.pdf}/content`, `/api/v1/exports/${files.pdf}`]) {
      const answer = await looker.send('GET', path, undefined, { 'sec-fetch-dest': 'document' });
      assert.ok([403, 404, 405].includes(answer.status), `${path} ${answer.status}`);
    }
    const named = await looker.send('GET', `uploads/${files.pdf}/content`, undefined, { 'sec-fetch-dest': 'document', 'x-accel-redirect': '/_store/', 'x-http-method-override': 'HEAD', 'x-original-url': `/_store/${digest}` });
    assert.equal(named.status, 403);
  });
  test('each look and each refusal is in the trail, and who may take it along gets it', async () => {
    const count = (deed) => Number(sql(`SELECT COUNT(*) FROM audit WHERE deed = '${deed}' AND object = 'upload/${files.zip}'`)[0][0]);
    const denied = count('upload.deny');
    await ask(looker, files.zip, { dest: 'iframe' });
    assert.equal(count('upload.deny'), denied + 1);
    const seen = count('upload.view');
    const answer = await ask(taker, files.zip, { query: '?download=1' });
    assert.match(answer.headers.get('content-disposition'), /^attachment;/);
    assert.ok(Buffer.from(await answer.arrayBuffer()).equals(readFileSync(`${SAMPLES}/测试报告.zip`)));
    assert.equal(count('upload.view'), seen + 1);
  });
  test('the right taken away is gone on the next request, as the session is', async () => {
    const [[id, version]] = sql("SELECT id, version FROM staff WHERE account = 'gj02'");
    const security = await officer('aq01');
    const second = await officer('aq02');
    const row = await security.get(`staff/${id}`);
    const form = (may) => ({ name: row.name, role: row.role, bureau: row.bureau, may_download: may });
    const change = (may, seen) => confirmed(security.put(`staff/${id}`, { ...form(may), version: seen, reason: '工作需要' }, 202), second);
    await change(true, Number(version));
    await looker.get('queue', 401);
    const given = await officer('gj02');
    assert.equal((await ask(given, files.zip, { query: '?download=1' })).status, 200);
    await change(false, Number(version) + 1);
    assert.equal((await ask(given, files.zip, { query: '?download=1' })).status, 401);
    looker = await officer('gj02');
    assert.equal((await ask(looker, files.zip, { query: '?download=1' })).status, 403);
  });
});
