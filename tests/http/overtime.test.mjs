// Working days, how many of them a desk may take, and who sees what has been kept too long.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { SAMPLES, submitted } from './cases.mjs';
import { sql } from './client.mjs';
import { decide, officer, OFFICERS, readyOperator } from './people.mjs';

const DAY = 86400;
const now = Math.floor(Date.now() / 1000);
let who;
let number;
let desks;

before(async () => {
  who = await readyOperator('hospital', SAMPLES);
  number = await submitted(who, 'hospital', 'mixed');
  desks = {};
  for (const desk of ['local', 'province', 'nation']) desks[desk] = await officer(OFFICERS[desk]);
});
after(async () => {
  sql('DELETE FROM desk_target');
  const { version } = await who.client.get(`applications/${number}`);
  await who.client.post(`applications/${number}/discard`, { version, reason: '测试结束' });
});

/** The row of our application in a list; undefined when it is in none. */
async function find(client, view) {
  for (let cursor = ''; ; ) {
    const page = await client.get(`queue?view=${view}${cursor && `&cursor=${cursor}`}`);
    const row = page.items.find((item) => item.number === number);
    if (row || !page.next) return row;
    cursor = page.next;
  }
}
const came = (ago) => sql(`UPDATE application SET desk_since = ${now - ago} WHERE number = '${number}'`);
/** The days after that of `since` up to today, in Shanghai: {id, weekday}. */
const daysSince = (ago) =>
  Array.from({ length: Math.ceil(ago / DAY) }, (_, i) => new Date((now + 8 * 3600 - i * DAY) * 1000)).map((date) => ({
    id: Number(date.toISOString().slice(0, 10).replaceAll('-', '')),
    weekday: date.getUTCDay(),
  }));

describe('the calendar', () => {
  test('says which days are worked on, and is changed by the nation alone', async () => {
    const ago = 14 * DAY;
    came(ago);
    const { days } = (await find(desks.local, 'pending')).waiting;
    const listed = new Set(sql('SELECT day FROM calendar_day').map(([day]) => Number(day)));
    const free = daysSince(ago - DAY).filter((day) => !listed.has(day.id));
    const working = free.find((day) => day.weekday % 6 !== 0).id;
    const weekend = free.find((day) => day.weekday % 6 === 0).id;
    await desks.province.put(`calendar/days/${working}`, { works: false, name: '假日' }, 403);
    await desks.nation.put(`calendar/days/${working}`, { works: false, name: '测试假日' });
    assert.equal((await find(desks.local, 'pending')).waiting.days, days - 1);
    await desks.nation.put(`calendar/days/${weekend}`, { works: true, name: '测试调休' });
    assert.equal((await find(desks.local, 'pending')).waiting.days, days);
    const year = await desks.local.get(`calendar?year=${String(working).slice(0, 4)}`);
    assert.equal(year.may_edit, false);
    assert.deepEqual(year.items.filter((item) => item.name.startsWith('测试')).map((item) => item.works).sort(), [false, true]);
    for (const day of [working, weekend]) await desks.nation.del(`calendar/days/${day}`);
    assert.equal((await find(desks.local, 'pending')).waiting.days, days);
    assert.equal(sql(`SELECT COUNT(*) FROM audit WHERE deed LIKE 'calendar.%' AND created_at >= ${now}`)[0][0] >= 4, true);
  });
  test('refuses days there are not', async () => {
    for (const day of [20260230, 20261301, 19990101, 7]) await desks.nation.put(`calendar/days/${day}`, { name: '假日' }, 404);
    await desks.nation.put('calendar/days/20990101', {}, 422);
  });
  test('holds the holidays of 2026 as they were arranged', async () => {
    const { items } = await desks.local.get('calendar?year=2026');
    const day = (date) => items.find((item) => item.day === date)?.works;
    assert.deepEqual(['2026-02-14', '2026-02-17', '2026-02-28', '2026-10-01', '2026-10-10', '2026-11-23'].map(day), [true, false, true, false, true, undefined]);
  });
});

describe('the days a desk may take', () => {
  test('start at 5, 3 and 5 and make an item pressing, then late', async () => {
    assert.deepEqual((await desks.local.get('calendar')).targets.map((each) => each.days), [5, 3, 5]);
    came(14 * DAY);
    assert.equal((await find(desks.local, 'pending')).waiting.age, 'late');
    await desks.nation.put('calendar/targets', { desk: 'local', days: 60 });
    assert.deepEqual((await find(desks.local, 'pending')).waiting.target, 60);
    assert.equal((await find(desks.local, 'pending')).waiting.age, 'fresh');
    assert.equal(await find(desks.province, 'overdue'), undefined);
    await desks.nation.put('calendar/targets', { desk: 'local', days: 5 });
    for (const days of [0, 61, 'x']) await desks.nation.put('calendar/targets', { desk: 'local', days }, 422);
    await desks.nation.put('calendar/targets', { desk: 'village', days: 3 }, 422);
  });
});

describe('what is kept too long', () => {
  test('by 地方 is seen by its 省, by 省 by the 国家, and by nobody else', async () => {
    came(14 * DAY);
    const other = await officer('sc01');
    const seen = async () => [
      await find(desks.local, 'overdue'),
      await find(desks.province, 'overdue'),
      await find(desks.nation, 'overdue'),
      await find(other, 'overdue'),
    ].map(Boolean);
    assert.deepEqual(await seen(), [false, true, false, false]);
    const row = await find(desks.province, 'overdue');
    assert.equal(row.desk_name, '广州市医疗保障局');
    assert.equal(row.waiting.age, 'late');
    assert.ok((await desks.province.get('queue/counts')).overdue >= 1);
    await decide(desks.local, number, 'pass');
    assert.deepEqual(await seen(), [false, false, false, false]);
    came(14 * DAY);
    assert.deepEqual(await seen(), [false, false, true, false]);
    assert.equal((await find(desks.province, 'pending')).waiting.age, 'late');
    const counts = await desks.province.get('queue/counts');
    assert.ok(counts.late >= 1 && counts.pending >= counts.late && counts.all >= counts.pending);
  });
});
