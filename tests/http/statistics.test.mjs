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

/** 统计 by hand, step by step, of applications that never were: steps at random over ten months. */
describe('统计 of random steps', () => {
  const REGION = '540102'; // 拉萨市城关区
  const HOUR = 3600;
  const ZONE = 8 * HOUR;
  const dayOf = (at) => Math.floor((at + ZONE) / 86400);
  const monthOf = (at) => new Date((at + ZONE) * 1000).toISOString().slice(0, 7);
  const steps = []; // {at, event, desk, since}
  const mark = `${Date.now()}`;
  const now = Math.floor(Date.now() / 1000);

  /** Working days after the day of `since` up to that of `at`, as the calendar page says. */
  const differ = new Map(sql('SELECT day, works FROM calendar_day').map(([day, works]) => [day, works === '1']));
  const works = (day) => differ.get(new Date(day * 86400000).toISOString().slice(0, 10).replaceAll('-', '')) ?? ![0, 6].includes(new Date(day * 86400000).getUTCDay());
  const waited = (since, at) => {
    let days = 0;
    for (let day = dayOf(since) + 1; day <= dayOf(at); day++) days += works(day);
    return days;
  };

  before(async () => {
    const [[local, province, nation]] = sql(`SELECT (SELECT id FROM bureau WHERE region_code = '540100'), (SELECT id FROM bureau WHERE region_code = '540000'), (SELECT id FROM bureau WHERE region_code = '100000')`);
    sql(`INSERT INTO application (number, state, status, unit_id, operator_id, institution_id, institution_code, institution_name, region_code, province_city,
         local_bureau, province_bureau, nation_bureau, created_at, updated_at)
         VALUES ${Array.from({ length: 60 }, (_, i) => `(MD5('${mark}${i + 1}'), 90, 7, 0, 0, 0, 'H54010200001', '随机', '${REGION}', '拉萨', ${local}, ${province}, ${nation}, 0, 0)`)}`);
    const rows = [];
    for (let n = 1; n <= 60; n++) {
      let at = now - Math.floor(Math.random() * 250 + 60) * 86400 - Math.floor(Math.random() * 86400);
      let turn = 0; // whose it is: 0 the applicant, then the desks
      while (at < now - 40 * 86400 && rows.length < 5000) {
        const gone = turn === 0 && Math.random() < 0.1;
        const event = gone ? 4 : turn === 0 ? 1 : Math.random() < 0.7 ? 2 : 3;
        const states = { 0: 10, 1: 20, 2: 21, 3: 22 };
        rows.push(`((SELECT id FROM application WHERE number = MD5('${mark}${n}')), ${event}, ${states[turn]}, 20, ${turn}, ${turn ? [local, province, nation][turn - 1] : 'NULL'}, 3, 1, '局', ${at}, 1)`);
        if (gone) break;
        turn = event === 3 ? 0 : (turn + 1) % 4;
        at += Math.floor((Math.random() < 0.3 ? 2 : 25) * 86400 * Math.random());
      }
    }
    sql(`START TRANSACTION; INSERT INTO application_event (application_id, event, from_state, to_state, desk, bureau_id, actor_role, actor_id, actor_name, created_at, round) VALUES ${rows.join(',')};
         INSERT INTO statistic_pending SELECT e.id FROM application_event e JOIN application a ON a.id = e.application_id WHERE a.institution_name = '随机' AND a.number IN (${Array.from({ length: 60 }, (_, i) => `MD5('${mark}${i + 1}')`)}); COMMIT`);
    await counted();
    let before = [];
    for (const row of sql(`SELECT a.id, e.event, e.desk, e.created_at FROM application a JOIN application_event e ON e.application_id = a.id WHERE a.local_bureau = ${local} ORDER BY a.id, e.id`)) {
      const [id, event, desk, at] = row.map(Number);
      steps.push({ at, event, desk, since: before[0] === id ? before[1] : 0 });
      before = [id, at];
    }
  });

  /** What the page should say of some of the steps. */
  function truth(list) {
    const of = (event, at) => list.filter((step) => step.event === event && (at === undefined || step.desk === at));
    const within = (at, percent) => {
      const days = [...of(2, at), ...of(3, at)].map((step) => waited(step.since, step.at)).sort((a, b) => a - b);
      return days.length ? days[Math.ceil((days.length * percent) / 100) - 1] : null;
    };
    return {
      submitted: of(1).length, discarded: of(4).length,
      desks: Object.fromEntries(['local', 'province', 'nation'].map((name, i) => {
        const [passed, rejected] = [of(2, i + 1).length, of(3, i + 1).length];
        const decided = passed + rejected;
        return [name, { decided, passed, rejected, pass_rate: decided ? Math.round((passed * 1000) / decided) : null, median_days: within(i + 1, 50), ninetieth_days: within(i + 1, 90) }];
      })),
    };
  }

  test('is what counting them one by one says, in all and by month', async () => {
    const body = await desks.nation.get(`statistics?from=${monthOf(now - 320 * 86400)}&to=${monthOf(now)}&region=540100`);
    assert.ok(steps.length > 100);
    assert.deepEqual(body.total, truth(steps));
    for (const { month: name, ...figures } of body.months) assert.deepEqual(figures, truth(steps.filter((step) => monthOf(step.at) === name)), name);
  });
});
