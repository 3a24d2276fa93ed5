// 机构目录 from a file: looked at first, each bad row with its line and reason, then taken over.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { before, describe, test } from 'node:test';
import { sql, until, VAR } from './client.mjs';
import { officer, uscc } from './people.mjs';

const TITLES = ['定点医药机构编码', '定点医药机构名称', '医保区划', '统一社会信用代码', '协议开始日期', '协议结束日期'];
let admin;
let next = randomInt(10000, 50000);
const row = (more = {}) => {
  const r = { code: `H440103${next++}`, name: '导入医院', region: '440103', uscc: uscc(), start: '2026-01-01', end: '2027-12-31', ...more };
  return [r.code, r.name, r.region, r.uscc, r.start, r.end, ...(r.more ?? [])];
};
const csv = (rows, titles = TITLES) => [titles, ...rows].map((cells) => cells.map((c) => (/[",\n]/.test(c) ? `"${c.replaceAll('"', '""')}"` : c)).join(',')).join('\r\n');

/** Sends a file and waits until it was looked at. */
async function check(bytes, name = 'x.csv') {
  const answer = await admin.send('POST', `imports?file=${encodeURIComponent(name)}`, bytes, { 'content-type': 'application/octet-stream' });
  assert.equal(answer.status, 202, await answer.clone().text());
  const { id } = await answer.json();
  return until(async () => {
    const found = await admin.get(`imports/${id}`);
    return found.state !== 'checking' && found;
  }, 30);
}
async function take(found) {
  await admin.post(`imports/${found.id}/run`, undefined, 202);
  return until(async () => {
    const now = await admin.get(`imports/${found.id}`);
    return now.state === 'done' && now;
  }, 30);
}
const counts = ({ added, changed, same, ended, bad }) => ({ added, changed, same, ended, bad });
const kept = (code) => sql(`SELECT name, active FROM institution WHERE code = '${code}'`);

/** The rows as .xlsx: shared texts, days as numbers of the program. */
function workbook(rows) {
  const folder = `${VAR}/cache/book`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(`${folder}/xl/worksheets`, { recursive: true });
  const texts = [];
  const cell = (text, r, c) => {
    const place = `${String.fromCharCode(65 + c)}${r + 1}`;
    if (/^\d{4}-\d\d-\d\d$/.test(text)) return `<c r="${place}"><v>${Date.parse(text) / 86400000 + 25569}</v></c>`;
    return `<c r="${place}" t="s"><v>${texts.push(text) - 1}</v></c>`;
  };
  const sheet = [TITLES, ...rows].map((cells, r) => `<row r="${r + 1}">${cells.map((text, c) => cell(text, r, c)).join('')}</row>`).join('');
  const head = '<?xml version="1.0" encoding="UTF-8"?>';
  writeFileSync(`${folder}/xl/worksheets/sheet1.xml`, `${head}<worksheet><sheetData>${sheet}</sheetData></worksheet>`);
  writeFileSync(`${folder}/xl/sharedStrings.xml`, `${head}<sst>${texts.map((text) => `<si><t>${text}</t></si>`).join('')}</sst>`);
  execFileSync('zip', ['-qr', 'book.xlsx', 'xl'], { cwd: folder });
  return readFileSync(`${folder}/book.xlsx`);
}

before(async () => {
  admin = await officer('xt01');
});

describe('a file of the catalogue', () => {
  const good = [row(), row({ name: '引号"医院", 分院' })];

  test('is only looked at; each bad row is listed with its line, what and why', async () => {
    const twice = row();
    const bad = [
      row({ uscc: '91440101MA5XXXXXX0' }),
      row({ region: '449999' }),
      twice,
      twice,
      row({ end: '2025-01-01' }),
      row({ code: 'X44010300001' }),
      row({ start: '2026-02-30' }),
      row({ name: '' }),
    ];
    const found = await check(Buffer.from(csv([...good, ...bad])));
    assert.deepEqual(counts(found), { added: 3, changed: 0, same: 0, ended: 0, bad: 7 });
    assert.deepEqual(found.items.map((f) => [f.line, f.what]), [
      [4, '统一社会信用代码'], [5, '医保区划'], [7, '定点医药机构编码'], [8, '协议结束日期'],
      [9, '定点医药机构编码'], [10, '协议开始日期'], [11, '定点医药机构名称'],
    ]);
    assert.match(found.items[2].why, /已出现/);
    assert.deepEqual(kept(good[0][0]), [], 'nothing is taken over yet');
  });
  test('says when a kind does not fit the code', async () => {
    const found = await check(Buffer.from(csv([[...row(), '定点零售药店']], [...TITLES, '机构类型'])));
    assert.deepEqual([found.bad, found.items[0].what], [1, '机构类型']);
  });
  test('is taken over on request; again it changes nothing', async () => {
    const found = await check(Buffer.from(csv(good)));
    assert.deepEqual(counts(await take(found)), { added: 2, changed: 0, same: 0, ended: 0, bad: 0 });
    assert.deepEqual(kept(good[1][0]), [['引号"医院", 分院', '1']]);
    assert.deepEqual(counts(await check(Buffer.from(csv(good)))), { added: 0, changed: 0, same: 2, ended: 0, bad: 0 });
    await admin.post(`imports/${found.id}/run`, undefined, 409);
    assert.equal(sql(`SELECT COUNT(*) FROM audit WHERE object = 'import/${found.id}'`)[0][0], '2');
  });
  test('may change a row and end an agreement', async () => {
    const changed = [...good[0]];
    changed[1] = '改名医院';
    const found = await take(await check(Buffer.from(csv([[...changed, ''], [...good[1], '终止']], [...TITLES, '状态']))));
    assert.deepEqual(counts(found), { added: 0, changed: 1, same: 0, ended: 1, bad: 0 });
    assert.deepEqual(kept(good[0][0]), [['改名医院', '1']]);
    assert.equal(kept(good[1][0])[0][1], '0');
  });
  test('may be UTF-8 with a mark, GB18030, or .xlsx', async () => {
    const rows = [row({ name: '编码医院' })];
    const text = csv(rows);
    const gb = execFileSync('iconv', ['-f', 'UTF-8', '-t', 'GB18030'], { input: text });
    for (const [bytes, name] of [[Buffer.from(`\ufeff${text}`), 'mark.csv'], [gb, 'gb.csv'], [workbook(rows), 'book.xlsx']]) {
      const found = await check(bytes, name);
      assert.deepEqual([found.state, found.good, found.bad, found.reason], ['checked', 1, 0, null], name);
    }
    await take(await check(workbook(rows), 'book.xlsx'));
    assert.deepEqual(sql(`SELECT name, agreement_start, agreement_end FROM institution WHERE code = '${rows[0][0]}'`), [['编码医院', '1767196800', '1830268799']]);
  });
  test('that is no table is refused with a reason', async () => {
    const foreign = [
      [Buffer.from('编码,名称\r\n1,2\r\n'), /缺少/],
      [Buffer.from(TITLES.join(',')), /没有数据/],
      [Buffer.from('长'.repeat(1 << 20)), /缺少/], // one line without an end
      [Buffer.from([...TITLES.slice(1), ...Array.from({ length: 20 }, (_, i) => `${i}${'别的一列'.repeat(30)}`)].join(',')), /缺少/],
      [Buffer.from(csv([row()]), 'utf16le'), /编码/],
      [Buffer.from(csv([row()]).replace('导入', '导\0入')), /不是表格/],
      [Buffer.from(`${csv([row()])}\r\n"H44010300001,未闭合`), /第 3 行的引号/],
      [Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(500, 7)]), /已损坏/],
    ];
    for (const [bytes, why] of foreign) {
      const found = await check(bytes);
      assert.equal(found.state, 'failed');
      assert.match(found.reason, why);
    }
    const answer = await admin.send('POST', 'imports', Buffer.from('x'), { 'content-type': 'application/octet-stream' });
    assert.equal(answer.status, 422);
  });
});
