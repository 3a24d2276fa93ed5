// 机构目录 from a file: what programs make of it, and who is in the catalogue and not in the file.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { before, describe, test } from 'node:test';
import { SAMPLES, submitted } from './cases.mjs';
import { sleep, sql, until, VAR } from './client.mjs';
import { certify, decide, institutions, officer, OFFICERS, readyOperator, uscc } from './people.mjs';

const TITLES = ['定点医药机构编码', '定点医药机构名称', '医保区划', '统一社会信用代码', '协议开始日期', '协议结束日期'];
let admin;
let next = randomInt(60000, 90000);
const row = (region, more = {}) => [`H${region}${next++}`, '导入医院', region, more.uscc ?? uscc(), more.start ?? '2026-01-01', more.end ?? '2027-12-31', ...(more.rest ?? [])];
const csv = (rows, titles = TITLES) => Buffer.from([titles, ...rows].map((cells) => cells.join(',')).join('\r\n'));
/** What stands in the catalogue, as rows of a file. */
const standing = (region) =>
  sql(`SELECT code, name, region_code, uscc, DATE_FORMAT(FROM_UNIXTIME(agreement_start + 28800), '%Y-%m-%d'),
    DATE_FORMAT(FROM_UNIXTIME(agreement_end + 28799), '%Y-%m-%d') FROM institution WHERE region_code = '${region}' AND active = 1`);

async function check(bytes, name = 'x.csv') {
  const ask = () => admin.send('POST', `imports?file=${encodeURIComponent(name)}`, bytes, { 'content-type': 'application/octet-stream' });
  let answer = await ask();
  for (; answer.status === 429; answer = await ask()) await sleep(2000); // more files in a minute than anybody has
  assert.equal(answer.status, 202, await answer.clone().text());
  const { id } = await answer.json();
  return settled(id, (found) => found.state !== 'checking');
}
const settled = (id, is) =>
  until(async () => {
    const found = await admin.get(`imports/${id}`);
    return is(found) && found;
  }, 60);
const run = async (found, form, status = 202) => {
  const answer = await admin.post(`imports/${found.id}/run`, form, status);
  return status === 202 ? settled(found.id, (now) => ['done', 'failed'].includes(now.state)) : answer;
};
const active = (code) => sql(`SELECT active FROM institution WHERE code = '${code}'`)[0]?.[0];
/** A region nobody else's test uses: nothing but what is put there is in force. */
const emptied = (region) => sql(`UPDATE institution SET active = 0 WHERE region_code = '${region}'`) && region;

before(async () => {
  admin = await officer('xt01');
});

describe('what a program made of what was typed', () => {
  test('is told row by row, and by its cause', async () => {
    const rows = [
      row('440103', { uscc: '9.11440101E+17' }),
      row('440103', { end: '#N/A' }),
      row('440103', { rest: ['已终止'] }),
      row('440103', { rest: ['正常'] }),
      row('440103', { start: '2026年1月1日', end: '46387' }),
    ];
    const found = await check(csv(rows, [...TITLES, '状态']));
    assert.deepEqual([found.good, found.bad], [2, 3]);
    assert.deepEqual(found.items.map((f) => [f.line, f.what]), [[2, '统一社会信用代码'], [3, '协议结束日期'], [4, '状态']]);
    assert.match(found.items[0].why, /科学计数法/);
    assert.match(found.items[1].why, /公式/);
    assert.match(found.items[2].why, /“正常”或“终止”/);
  });
  test('columns stand in any order; one that means nothing is named, one that is there twice refused', async () => {
    const open = () => Buffer.from(`${TITLES.join(',')}\r\n${row('440103').join(',')}\r\nH1,"未完,x\r\n${row('440103').join(',')}`);
    const turned = csv([row('440103').reverse()], [...TITLES].reverse());
    const [any, found, twice, cut] = await Promise.all([turned, csv([[...row('440103'), 'x']], [...TITLES, '协议状态']), csv([[...row('440103'), 'x']], [...TITLES, '医保区划']), open()].map((bytes) => check(bytes)));
    assert.equal(any.good, 1);
    assert.deepEqual([found.good, found.note], [1, '协议状态']);
    assert.match(twice.reason, /“医保区划”一列出现了两次/);
    assert.match(cut.reason, /第 3 行的引号没有成对/);
  });
  test('the template is a workbook of our titles', async () => {
    const answer = await admin.send('GET', 'import-template');
    assert.match(answer.headers.get('content-disposition'), /attachment/);
    const bytes = Buffer.from(await answer.arrayBuffer());
    assert.match((await check(bytes, '模板.xlsx')).reason, /没有数据/);
    writeFileSync(`${VAR}/cache/template.xlsx`, bytes);
    assert.match(execFileSync('unzip', ['-p', `${VAR}/cache/template.xlsx`, 'xl/styles.xml'], { encoding: 'utf8' }), /numFmtId="49"/);
  });
});

/* each in regions of its own */
describe('who is in the catalogue and not in the file', { concurrency: true }, () => {
  test('is named and stays, unless it is asked for; other regions are not touched', async () => {
    const region = emptied('440117');
    const gone = institutions('hospital', [region])[0];
    const elsewhere = institutions('hospital', ['440118'])[0];
    const rows = Array.from({ length: 12 }, () => row(region));
    await run(await check(csv(rows)), {});
    assert.equal(active(gone.code), '1');
    const found = await check(csv(rows));
    assert.deepEqual([found.covered, found.missing, found.many], [13, 1, false]);
    const { items } = await admin.get(`imports/${found.id}/missing`);
    assert.deepEqual(items.map((i) => [i.code, i.running]), [[gone.code, 0]]);
    assert.equal((await run(found, { end_missing: true, missing: 2 }, 422)).errors[0].field, 'missing');
    assert.equal((await run(found, { end_missing: true, missing: 1 })).state, 'done');
    assert.deepEqual([active(gone.code), active(elsewhere.code), active(rows[0][0])], ['0', '1', '1']);
    assert.match(sql(`SELECT detail FROM audit WHERE deed = 'import.run' AND object = 'import/${found.id}'`)[0][0], /missing=1 end_missing=1/);
    const again = await check(csv(rows));
    assert.deepEqual([again.covered, again.missing], [12, 0]);
    /* who ended is still to be seen, and comes back with a file that has it */
    assert.equal((await admin.get(`imports/${found.id}/missing`)).items.length, 1);
    await run(await check(csv([...rows, [gone.code, gone.name, region, gone.uscc, '2026-01-01', '2027-12-31']])), {});
    assert.equal(active(gone.code), '1');
  });
  test('more than a tenth ends only with another word', async () => {
    const region = emptied('440115');
    institutions('hospital', [region, region]);
    const found = await check(csv([row(region), ...standing(region).slice(0, 1)]));
    assert.deepEqual([found.covered, found.missing, found.many], [2, 1, true]);
    assert.equal((await run(found, { end_missing: true, missing: 1 }, 422)).errors[0].field, 'sure');
    assert.equal((await run(found, { end_missing: true, missing: 1, sure: true })).state, 'done');
    assert.equal(standing(region).length, 2);
  });
  test('is not ended while a row is bad, which might be the one', async () => {
    const region = emptied('440114');
    institutions('hospital', [region]);
    const found = await check(csv([row(region), row(region, { uscc: 'x' })]));
    assert.deepEqual([found.bad, found.missing], [1, 0]);
    assert.equal((await run(found, { end_missing: true, missing: 0, sure: true }, 422)).errors[0].field, 'end_missing');
    assert.equal((await run(found, {})).state, 'done');
  });
  test('is what was shown, or nothing is taken over', async () => {
    const region = emptied('440113');
    institutions('hospital', [region]);
    const fresh = row(region);
    const found = await check(csv([fresh]));
    institutions('hospital', [region]);
    const now = await run(found, { end_missing: true, missing: 1, sure: true });
    assert.equal(now.state, 'failed');
    assert.match(now.reason, /核对之后目录有变动/);
    assert.equal(active(fresh[0]), undefined);
    assert.equal(standing(region).length, 2);
  });
  test('has to certify again; what it filed goes on, and it goes on itself once it is certified', async () => {
    const region = emptied('440112');
    const who = await readyOperator('hospital', SAMPLES, [region]);
    const number = await submitted(who, 'hospital', 'mixed');
    const found = await check(csv([row(region)]));
    assert.equal((await admin.get(`imports/${found.id}/missing`)).items.find((i) => i.code === who.institution.code).running, 1);
    await run(found, { end_missing: true, missing: found.missing, sure: true });
    assert.equal((await who.unitClient.get('unit')).certification, 'expired');
    assert.equal((await who.client.get('applications', 403)).code, 'NOT_CERTIFIED');
    /* the bureau sees it, and decides as before */
    const local = await officer(OFFICERS.local);
    assert.equal((await local.get(`applications/${number}`)).institution.in_force, false);
    await decide(local, number, 'reject', '协议已终止');
    const missed = await certify(who.unitClient, who.unit);
    assert.equal(missed.certification, 'manual');
    assert.match(missed.certification_reason, /目录中没有/);
    const back = row(region, { uscc: who.institution.uscc });
    [back[0], back[1]] = [who.institution.code, who.institution.name];
    await run(await check(csv([back])), {});
    assert.equal((await certify(who.unitClient, who.unit)).certification, 'passed');
    assert.equal((await who.client.get(`applications/${number}`)).status, 'apply_rejected');
    assert.equal((await local.get(`applications/${number}`)).institution.in_force, true);
  });
});
