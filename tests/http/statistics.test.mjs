// 统计: what was done is what is counted, in every region it belongs to, once.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { before, describe, test } from 'node:test';
import { detail, SAMPLES, submitted } from './cases.mjs';
import { sql, until } from './client.mjs';
import { decide, officer, OFFICERS, passChain, readyOperator } from './people.mjs';

const month = new Date(Date.now() + 8 * 3600 * 1000).toISOString().slice(0, 7);
const range = `from=${month}&to=${month}`;
let desks;
let who;

/** Once every step there is has been counted. */
const counted = () => until(() => sql('SELECT EXISTS (SELECT 1 FROM statistic_pending)')[0][0] === '0', 30);
const read = async (client, query = '') => client.get(`statistics?${range}&${query}`);
const desk = (body, name) => body.total.desks[name];

before(async () => {
  who = await readyOperator('hospital', SAMPLES);
  desks = {};
  for (const [name, account] of Object.entries(OFFICERS)) desks[name] = await officer(account);
});

/** One rejected by 地方, filed again and passed by all; one given up. */
async function work() {
  const first = await submitted(who, 'hospital', 'mixed');
  await decide(desks.local, first, 'reject', '请补充材料');
  const again = await detail(who, first);
  await who.client.post(`applications/${first}/submission`, { version: again.version });
  await passChain(desks, first);
  await who.client.post(`applications/${first}/discard`, { version: (await detail(who, first)).version, reason: '测试' });
  const second = await submitted(who, 'hospital', 'auth');
  await who.client.post(`applications/${second}/discard`, { version: (await detail(who, second)).version, reason: '测试' });
}

describe('统计', () => {
  test('says what was done, to each level and region', async () => {
    const ask = [
      [desks.local, ''],
      [desks.province, ''],
      [desks.nation, ''],
      [desks.province, 'region=440100'],
      [desks.nation, 'region=440000'],
      [desks.nation, 'region=440100'],
    ];
    await counted();
    const before = await Promise.all(ask.map(([client, query]) => read(client, query)));
    await work();
    await counted();
    const after = await Promise.all(ask.map(([client, query]) => read(client, query)));
    after.forEach((body, i) => {
      const was = before[i];
      const more = (name, what) => desk(body, name)[what] - desk(was, name)[what];
      assert.equal(body.total.submitted - was.total.submitted, 3);
      assert.equal(body.total.discarded - was.total.discarded, 2);
      assert.deepEqual(['decided', 'passed', 'rejected'].map((what) => more('local', what)), [2, 1, 1]);
      assert.deepEqual(['decided', 'passed', 'rejected'].map((what) => more('province', what)), [1, 1, 0]);
      assert.deepEqual(['decided', 'passed', 'rejected'].map((what) => more('nation', what)), [1, 1, 0]);
      const { passed, decided, pass_rate } = desk(body, 'local');
      assert.equal(pass_rate, Math.round((passed * 1000) / decided));
      assert.deepEqual(body.months.map((row) => row.month), [month]);
      assert.deepEqual(body.months[0].desks, body.total.desks);
    });
    const own = (body, code) => body.regions.find((row) => row.code === code);
    assert.deepEqual(own(after[2], '440000').desks, after[1].total.desks, 'a province is a row of the nation');
    assert.deepEqual(own(after[1], '440100').desks, after[0].total.desks, 'a city is a row of its province');
    assert.equal(own(after[2], '440000').parts, true);
    assert.equal(own(after[1], '440100').parts, false);
    assert.deepEqual(after[0].regions, []);
    assert.deepEqual(after[5].path.map((step) => step.code), ['100000', '440000', '440100']);
  });

  test('equals what 审核记录 says', async () => {
    await counted();
    const body = await read(desks.nation);
    const begin = Math.floor(Date.parse(`${month}-01T00:00:00+08:00`) / 1000);
    const rows = sql(`SELECT desk, event, COUNT(*) FROM application_event e JOIN application a ON a.id = e.application_id
      JOIN bureau b ON b.id = a.nation_bureau WHERE b.level = 1 AND e.created_at >= ${begin} GROUP BY desk, event`);
    const truth = (of, event) => Number(rows.find(([d, e]) => Number(d) === of && Number(e) === event)?.[2] ?? 0);
    assert.equal(body.total.submitted, truth(0, 1));
    assert.equal(body.total.discarded, truth(0, 4));
    ['local', 'province', 'nation'].forEach((name, i) => {
      assert.equal(desk(body, name).passed, truth(i + 1, 2));
      assert.equal(desk(body, name).rejected, truth(i + 1, 3));
    });
  });

  test('tells the phases apart', async () => {
    const [both, apply, accept] = [await read(desks.local), await read(desks.local, 'phase=apply'), await read(desks.local, 'phase=accept')];
    assert.equal(both.total.submitted, apply.total.submitted + accept.total.submitted);
    assert.equal(desk(both, 'local').decided, desk(apply, 'local').decided + desk(accept, 'local').decided);
  });

  test('of other regions says what it says of none', async () => {
    const send = (client, region) => client.send('GET', `statistics?region=${region}`);
    const absent = await (await send(desks.local, '990000')).text();
    for (const [client, region] of [[desks.local, '440000'], [desks.local, '440300'], [desks.local, '100000'], [desks.province, '110000'], [desks.province, '440103']]) {
      const answer = await send(client, region);
      assert.equal(answer.status, 404, region);
      assert.equal((await answer.text()).replace(/"request":"[^"]*"/, ''), absent.replace(/"request":"[^"]*"/, ''));
    }
  });

  test('refuses what cannot be asked', async () => {
    for (const query of ['from=2026-13', 'from=abc', 'from=2026-05&to=2026-04', 'from=2001-01&to=2026-01', 'phase=x', 'region=44'])
      await desks.local.get(`statistics?${query}`, 422);
    const { months } = await desks.local.get('statistics');
    assert.equal(months.length, 12);
    assert.equal(months.at(-1).month, month);
  });

  test('leaves as .xlsx with numbers one can calculate with', async () => {
    await counted();
    const body = await read(desks.province);
    const answer = await desks.province.send('GET', `statistics/export?${range}`);
    assert.equal(answer.status, 200);
    assert.match(decodeURIComponent(answer.headers.get('content-disposition')), /统计-广东省医疗保障局-/);
    const file = `${mkdtempSync(`${tmpdir()}/statistics-`)}/s.xlsx`;
    writeFileSync(file, Buffer.from(await answer.arrayBuffer()));
    execFileSync('unzip', ['-tq', file]);
    const sheet = execFileSync('unzip', ['-p', file, 'xl/worksheets/sheet1.xml'], { encoding: 'utf8' });
    const rows = [...sheet.matchAll(/<row [^>]*>(.*?)<\/row>/gs)].map(([, row]) =>
      Object.fromEntries([...row.matchAll(/<c r="([A-Z])\d+"[^>]*>.*?<(?:t|v)[^>]*>(.*?)<\/(?:t|v)>.*?<\/c>/gs)].map(([, place, value]) => [place, value])),
    );
    assert.equal(rows.length, 1 + 3 * (1 + 21), 'the province and its 21 cities, three levels each');
    assert.deepEqual([rows[1].A, rows[1].B, rows[1].E], ['广东省医疗保障局', month, '地方医保局']);
    assert.equal(Number(rows[1].C), body.total.submitted);
    assert.equal(Number(rows[1].F), desk(body, 'local').decided);
    assert.match(sheet, new RegExp(`<c r="F2"[^>]*><v>${desk(body, 'local').decided}</v></c>`), 'a number, not a text');
    assert.equal(sql("SELECT COUNT(*) FROM audit WHERE deed = 'statistic.export'")[0][0] >= 1, true);
  });

  test('is the same when it is counted anew', async () => {
    await counted();
    const body = await read(desks.nation);
    const build = process.env.JIERU_BUILD ?? 'build';
    execFileSync(`${build}/portal`, ['admin', 'statistics-rebuild'], {
      env: { ...process.env, PORTAL_ENV_FILE: `${process.env.VAR}/admin.env` },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const again = await read(desks.nation);
    assert.deepEqual({ ...again, counted_at: 0 }, { ...body, counted_at: 0 });
  });
});
