// 导出 of the list: what is in the file, who gets it, and the way of a job beyond 5,000 rows.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { before, describe, test } from 'node:test';
import { copies, SAMPLES } from './cases.mjs';
import { setting, sql, until } from './client.mjs';
import { readyOperator } from './people.mjs';

const TITLES = ['序号', '申请单号', '申请接入应用名称', '线上业务类型', '申请单状态', '省市', '第三方渠道'];
const FORMULAS = ['=1+1', '+1+1', '-1+1', '@SUM(A1)', '＝1+1', '－1', '＋1', '＠SUM(A1)', '=HYPERLINK("http://example.invalid","x")', "正常 <&> '引号' \"双\""];

const answer = (who, query = '') => who.client.send('GET', `applications/export?${query}`);
const bytes = async (response) => Buffer.from(await response.arrayBuffer());

/** The one member of the archive, unpacked by a program that is not ours. */
function member(xlsx, name) {
  const file = `${mkdtempSync(`${tmpdir()}/export-`)}/list.xlsx`;
  writeFileSync(file, xlsx);
  execFileSync('unzip', ['-tq', file]);
  return execFileSync('unzip', ['-p', file, name], { encoding: 'utf8', maxBuffer: 1 << 28 });
}

const entities = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };
const plain = (xml) => xml.replace(/&(lt|gt|amp|quot|apos);/g, (_, name) => entities[name]);

/** Rows of texts; fails on a cell that is calculated or is not a string. */
function rowsOf(xlsx) {
  const sheet = member(xlsx, 'xl/worksheets/sheet1.xml');
  assert.doesNotMatch(sheet, /<f[ >]/, 'a formula');
  return [...sheet.matchAll(/<row [^>]*?(?:\/>|>(.*?)<\/row>)/gs)].map(([, row]) => {
    const cells = [];
    for (const [, place, attributes, inner] of row.matchAll(/<c r="([A-Z])\d+"([^>]*)>(.*?)<\/c>/gs)) {
      assert.match(attributes, /t="inlineStr"/);
      cells[place.charCodeAt(0) - 65] = plain(inner.match(/<t[^>]*>(.*?)<\/t>/s)[1]);
    }
    return Array.from({ length: TITLES.length }, (_, i) => cells[i] ?? '');
  });
}

/** Rows of an RFC 4180 file that begins with the mark Excel asks for. */
function csvOf(buffer) {
  assert.deepEqual([...buffer.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
  const lines = buffer.subarray(3).toString().split('\r\n');
  assert.equal(lines.pop(), '');
  return lines.map((line) => [...line.matchAll(/"((?:[^"]|"")*)"(?:,|$)/g)].map(([, cell]) => cell.replaceAll('""', '"')));
}

const draft = async (who) => (await who.client.create('applications', { business_type: 'mixed' })).number;

describe('导出', () => {
  let who;

  before(async () => {
    who = await readyOperator('hospital', SAMPLES);
    copies(await draft(who), FORMULAS);
  });

  test('.xlsx holds the columns of the list, every cell a text', async () => {
    const sent = await answer(who);
    assert.equal(sent.status, 200);
    assert.match(sent.headers.get('content-type'), /spreadsheetml\.sheet$/);
    assert.match(decodeURIComponent(sent.headers.get('content-disposition')), /attachment.*申请单列表-\d{8}\.xlsx/);
    const [titles, ...rows] = rowsOf(await bytes(sent));
    assert.deepEqual(titles, TITLES);
    assert.equal(rows.length, FORMULAS.length + 1);
    for (const text of FORMULAS) assert.ok(rows.some((row) => row[2] === text), text);
    const { items } = await who.client.get('applications?limit=50');
    assert.deepEqual(rows.map((row) => row[1]), items.map((item) => item.number));
    assert.deepEqual(rows[0].slice(3, 6), ['医保混合支付', '待提交', items[0].province_city]);
  });

  test('CSV is UTF-8 with a mark, and what would be a formula begins with an apostrophe', async () => {
    const sent = await answer(who, 'format=csv');
    assert.equal(sent.headers.get('content-type'), 'text/csv; charset=utf-8');
    const [titles, ...rows] = csvOf(await bytes(sent));
    assert.deepEqual(titles, TITLES);
    for (const text of FORMULAS) assert.ok(rows.some((row) => row[2] === (/^[=+\-@＝＋－＠]/.test(text) ? `'${text}` : text)), text);
    for (const row of rows) for (const cell of row) assert.doesNotMatch(cell, /^[=+\-@＝＋－＠\t\r]/);
  });

  test('the filter of the list is the filter of the file', async () => {
    assert.equal(rowsOf(await bytes(await answer(who, 'state=draft&business_type=mixed'))).length, FORMULAS.length + 2);
    assert.equal(rowsOf(await bytes(await answer(who, 'state=applied'))).length, 1);
    assert.equal((await answer(who, 'state=nothing')).status, 422);
    assert.equal((await answer(who, 'format=pdf')).status, 422);
  });

  test('is audited, and nobody sees the rows of another unit', async () => {
    const other = await readyOperator('hospital', SAMPLES);
    assert.equal(rowsOf(await bytes(await answer(other))).length, 1);
    const stranger = new other.client.constructor();
    await stranger.session();
    assert.equal((await stranger.send('GET', 'applications/export')).status, 401);
    assert.ok(Number(sql("SELECT COUNT(*) FROM audit WHERE deed = 'application.export'")[0][0]) > 0);
  });
});

describe('导出 of more than 5,000 rows', () => {
  let who;
  const key = async () => (await who.client.get('messages')).items.find((m) => m.file)?.file;

  before(async () => {
    who = await readyOperator('pharmacy', SAMPLES);
    copies(await draft(who), Array.from({ length: 5000 }, (_, i) => `应用${i}`));
  });

  test('5,000 are sent at once, 5,001 are made by one job', async () => {
    const total = (await who.client.get('applications')).total;
    assert.equal(total, 5001);
    const [first] = (await who.client.get('applications')).items;
    sql(`UPDATE application SET business_type = 'auth' WHERE number = '${first.number}'`);
    assert.equal(rowsOf(await bytes(await answer(who, 'business_type=mixed'))).length, 5001);
    const asked = await Promise.all([answer(who), answer(who)]);
    for (const one of asked) {
      assert.equal(one.status, 202);
      assert.deepEqual(await one.json(), { total: 5001, at_once: 5000 });
    }
    const [[made]] = sql(`SELECT COUNT(*) FROM export e JOIN application a ON a.unit_id = e.unit_id WHERE a.number = '${first.number}'`);
    assert.equal(Number(made), 1);
  });

  test('a message leads to the file, for nobody else', async () => {
    const code = await until(key);
    const sent = await who.client.send('GET', `exports/${code}`);
    assert.equal(sent.status, 200);
    assert.match(decodeURIComponent(sent.headers.get('content-disposition')), /申请单列表-\d{8}\.xlsx/);
    const rows = rowsOf(await bytes(sent));
    assert.equal(rows.length, 5002);
    assert.equal(new Set(rows.map((row) => row[1])).size, 5002);
    assert.equal((await who.unitClient.send('GET', `exports/${code}`)).status, 404);
    const other = await readyOperator('hospital', SAMPLES);
    assert.equal((await other.client.send('GET', `exports/${code}`)).status, 404);
  });

  test('after seven days it is gone, and so is the file', async () => {
    const code = await key();
    const [[life]] = sql(`SELECT expires_at - created_at FROM export WHERE code = '${code}'`);
    assert.equal(Number(life), 7 * 24 * 3600);
    const file = `${setting('PORTAL_STORE')}/partial/${code}`;
    assert.ok(existsSync(file));
    sql(`UPDATE export SET expires_at = 1 WHERE code = '${code}'`);
    assert.equal((await who.client.send('GET', `exports/${code}`)).status, 404);
  });
});
