// An officer who works on some regions of his bureau only: nothing of the others exists for him, in
// no list, count, search, statistic, batch or file.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { detail, SAMPLES, submitted } from './cases.mjs';
import { Client, sql, until } from './client.mjs';
import { certify, hire, OFFICERS, officer, readyOperator, register, uscc } from './people.mjs';

const HERE = '440103'; // 荔湾区
const THERE = '440106'; // 天河区
const here = {}; // {who, number} of an application of his region
const there = {};
const him = {}; // officers of 荔湾区 at each level
let colleague; // of all regions

/** Somebody like this officer who works on these regions only; signed in. */
async function scoped(like, scope) {
  const account = hire(like, { scope, may_download: true });
  const client = await officer(account);
  client.id = Number(sql(`SELECT id FROM staff WHERE account = '${account}'`)[0][0]);
  return client;
}

async function petition(region) {
  const { unit } = await register('hospital', uscc(), { region });
  const client = new Client();
  await client.loginUnit(unit.account, unit.password);
  assert.equal((await certify(client, unit)).certification, 'manual');
  const { id } = (await client.get('session')).unit;
  return { id, business_licence: (await client.get('unit')).licence.id };
}

before(async () => {
  for (const desk of ['local', 'province', 'nation']) him[desk] = await scoped(OFFICERS[desk], HERE);
  colleague = await officer(OFFICERS.local);
  for (const [place, region] of [[here, HERE], [there, THERE]]) {
    place.who = await readyOperator('hospital', SAMPLES, [region]);
    place.number = await submitted(place.who, 'hospital', 'mixed');
  }
});

/** All numbers of a list, page after page. */
async function numbers(client, query) {
  const all = [];
  for (let cursor = ''; ; ) {
    const page = await client.get(`queue?${query}&limit=100${cursor && `&cursor=${cursor}`}`);
    all.push(...page.items.map((item) => item.number));
    if (!page.next) return all;
    cursor = page.next;
  }
}

const counted = (where) => Math.min(100, Number(sql(`SELECT COUNT(*) FROM application a WHERE filed = 1 AND ${where}`)[0][0]));

describe('what is of other regions', () => {
  test('is in no list and in no search, whatever is asked for', async () => {
    for (const [level, view] of [['local', 'pending'], ['local', 'all'], ['province', 'all'], ['nation', 'all']]) {
      const seen = await numbers(him[level], `view=${view}`);
      assert.ok(seen.includes(here.number), `${level} ${view}`);
      assert.ok(!seen.includes(there.number), `${level} ${view}`);
      for (const [by, text] of [['number', there.number], ['unit', there.who.unit.name], ['institution', there.who.institution.name]])
        assert.deepEqual((await him[level].get(`queue?view=${view}&by=${by}&search=${encodeURIComponent(text)}`)).items, []);
      assert.equal((await him[level].get(`queue?view=${view}&by=number&search=${here.number}`)).items.length, 1);
      for (const region of [THERE, '440100', '440000'])
        await him[level].get(`queue?view=${view}&region=${region}`, 422);
      await him[level].get(`queue?view=${view}&region=${HERE}`);
    }
    assert.ok((await numbers(colleague, 'view=pending')).includes(there.number));
  });
  test('is in no count', async () => {
    const bureau = sql(`SELECT bureau_id FROM staff WHERE id = ${him.local.id}`)[0][0];
    const counts = await him.local.get('queue/counts');
    assert.equal(counts.pending, counted(`desk_bureau = ${bureau} AND region_code = '${HERE}'`));
    assert.equal(counts.all, counted(`local_bureau = ${bureau} AND region_code = '${HERE}'`));
    assert.equal(counts.pending, (await him.local.get('queue')).counts.pending);
    const before = await him.province.get('queue/counts');
    const late = sql(`SELECT UNIX_TIMESTAMP() - 90 * 86400`)[0][0];
    for (const each of [here, there]) sql(`UPDATE application SET desk_since = ${late} WHERE number = '${each.number}'`);
    assert.equal((await him.province.get('queue/counts')).overdue, Math.min(100, before.overdue + 1));
    const overdue = await numbers(him.province, 'view=overdue');
    assert.deepEqual([here, there].map((each) => overdue.includes(each.number)), [true, false]);
  });
  test('is not told by message', () => {
    const told = (number) => Number(sql(`SELECT COUNT(*) FROM message WHERE role = 3 AND user_id = ${him.local.id} AND application = '${number}'`)[0][0]);
    assert.deepEqual([told(here.number), told(there.number)], [1, 0]);
  });
  test('cannot be opened, nor its files, nor decided', async () => {
    const { version, files } = await detail(there.who, there.number);
    await him.local.get(`applications/${there.number}`, 404);
    for (const file of Object.values(files)) {
      await him.local.get(`uploads/${file.id}`, 404);
      await him.local.get(`uploads/${file.id}/content`, 404);
    }
    await him.local.post(`applications/${there.number}/decision`, { version, event: 'pass' }, 404);
    const own = await detail(here.who, here.number);
    const { done, results } = await him.local.create('decisions', { event: 'pass', items: [`${there.number}:${version}`, `${here.number}:${own.version}`] }, 200);
    assert.equal(done, 1);
    assert.deepEqual(results.map((each) => each.code), ['NOT_FOUND', null]);
    assert.equal((await detail(there.who, there.number)).state, 'APPLY_LOCAL');
    assert.ok((await numbers(him.local, 'view=done')).includes(here.number));
    assert.equal((await him.local.get('queue/counts')).done, Math.min(100, (await numbers(him.local, 'view=done')).length));
  });
  test('is in no statistic', async () => {
    await until(() => sql('SELECT COUNT(*) FROM statistic_pending')[0][0] === '0', 30);
    for (const level of ['local', 'province', 'nation']) {
      const { path, regions, total } = await him[level].get('statistics');
      assert.deepEqual(path.map((each) => each.code), [HERE]);
      assert.match(path[0].name, /荔湾区/);
      assert.deepEqual(regions, []);
      const [[filed]] = sql(`SELECT COUNT(*) FROM application_event e JOIN application a ON a.id = e.application_id
        JOIN bureau b ON b.id = a.local_bureau AND b.region_code = '440100'
        WHERE e.event = 1 AND a.region_code = '${HERE}' AND e.created_at > UNIX_TIMESTAMP() - 300 * 86400`);
      assert.equal(total.submitted, Number(filed));
      for (const region of [THERE, '440100', '440000', '100000']) await him[level].get(`statistics?region=${region}`, 404);
      await him[level].get(`statistics?region=${HERE}`);
    }
    const answer = await him.local.send('GET', 'statistics/export');
    assert.equal(answer.status, 200);
    assert.match(decodeURIComponent(answer.headers.get('content-disposition')), /荔湾区/);
    const city = await scoped(OFFICERS.nation, '4401'); // regions that are a bureau's own
    assert.deepEqual((await city.get('statistics')).path.map((each) => each.code), ['440100']);
    await city.get('statistics?region=440000', 404);
  });
  test('stays his where his county is given a bureau, which is nobody’s desk', async () => {
    const { id } = await (await officer('xt01')).post('catalogues/bureaus', { region_code: HERE, name: '测试区医疗保障局' }, 201);
    try {
      for (const level of ['local', 'province', 'nation']) {
        for (const query of ['view=all', `view=all&region=${HERE}`, `view=all&by=unit&search=${encodeURIComponent(here.who.unit.name)}`])
          assert.ok((await numbers(him[level], query)).includes(here.number), `${level} ${query}`);
        assert.ok((await him[level].get('statistics')).total.submitted > 0);
      }
      await colleague.get(`statistics?region=${HERE}`, 404); // counted with 广州
    } finally {
      sql(`DELETE FROM bureau WHERE id = ${id}`);
    }
  });
  test('asks nothing of him in 人工认证', async () => {
    const [own, other] = [await petition(HERE), await petition(THERE)];
    const waiting = async (client) => {
      for (let all = [], cursor = ''; ; ) {
        const page = await client.get(`certifications?view=pending${cursor}`);
        all.push(...page.items.map((item) => item.id));
        if (!page.next) return { all, count: page.counts.pending };
        cursor = `&cursor=${page.next}`;
      }
    };
    const mine = await waiting(him.local);
    assert.deepEqual([own, other].map(({ id }) => mine.all.includes(id)), [true, false]);
    assert.equal(mine.count, Math.min(100, mine.all.length));
    const whole = await waiting(colleague);
    assert.deepEqual([own, other].map(({ id }) => whole.all.includes(id)), [true, true]);
    await him.local.get(`certifications/${other.id}`, 404);
    await him.local.get(`uploads/${other.business_licence}/content`, 404);
    await him.local.get(`uploads/${own.business_licence}`);
    const { version } = await him.local.get(`certifications/${own.id}`);
    await him.local.post(`certifications/${other.id}/decision`, { version, event: 'reject', remark: '查无此机构' }, 404);
    await him.local.post(`certifications/${own.id}/decision`, { version, event: 'reject', remark: '查无此机构' });
    assert.ok((await him.local.get('certifications?view=done')).items.some((item) => item.id === own.id));
  });
});

test('a region no government stands for is read out of its province’s list', async () => {
  const account = hire('bj01');
  const who = await readyOperator('hospital', SAMPLES, ['110105']);
  const number = await submitted(who, 'hospital', 'mixed');
  for (const client of [await officer(account), await officer(OFFICERS.nation)])
    for (const [region, found] of [['110100', true], ['110000', true], ['110105', true], ['119900', false], ['120100', false]])
      assert.equal((await numbers(client, `view=all&region=${region}`)).includes(number), found, region);
});
