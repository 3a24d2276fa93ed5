// The bureaus' lists and who has taken what from them.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { detail, SAMPLES, submitted } from './cases.mjs';
import { sql } from './client.mjs';
import { hire, officer, OFFICERS, readyOperator } from './people.mjs';

let who;
let number;
let first;
let second;

before(async () => {
  who = await readyOperator('hospital', SAMPLES);
  number = await submitted(who, 'hospital', 'mixed');
  first = await officer(OFFICERS.local);
  second = await officer('gz02');
});

/** The row of our application in a list, page after page; undefined when it is in none. */
async function find(client, query) {
  for (let cursor = ''; ; ) {
    const page = await client.get(`queue?${query}${cursor && `&cursor=${cursor}`}`);
    const row = page.items.find((item) => item.number === number);
    if (row || !page.next) return row;
    cursor = page.next;
  }
}

describe('a list', () => {
  test('shows what waits, how long, and that nobody has opened it', async () => {
    const row = await find(first, 'view=pending');
    assert.equal(row.institution_name, who.institution.name);
    assert.equal(row.unit_name, who.unit.name);
    assert.deepEqual(row.waiting, { days: 0, target: 5, age: 'fresh' });
    assert.equal(row.unread, true);
    assert.equal(row.claim, null);
    await first.get(`applications/${number}`);
    assert.equal((await find(first, 'view=pending')).unread, false);
    assert.equal((await find(second, 'view=pending')).unread, true);
  });
  test('is narrowed by what was asked', async () => {
    for (const asked of ['kind=hospital', 'business_type=mixed', 'region=440103', 'region=440100', 'region=440000', 'phase=apply'])
      for (const view of ['pending', 'all']) assert.ok(await find(first, `view=${view}&${asked}`), `${view} ${asked}`);
    for (const asked of ['kind=pharmacy', 'business_type=auth', 'region=440104', 'phase=accept', 'region=510100'])
      for (const view of ['pending', 'all']) assert.equal(await find(first, `view=${view}&${asked}`), undefined, `${view} ${asked}`);
  });
  test('finds by number and by names', async () => {
    const searches = [
      ['number', number.slice(0, 8)],
      ['institution', who.institution.name.slice(0, 8)],
      ['unit', who.unit.name.slice(0, 8)],
    ];
    for (const [by, text] of searches)
      for (const view of ['pending', 'all']) assert.ok(await find(first, `view=${view}&by=${by}&search=${encodeURIComponent(text)}`), `${view} ${by}`);
    assert.equal(await find(first, 'view=all&by=number&search=zzzz'), undefined);
  });
  test('of the province and the nation holds it, that of another region does not', async () => {
    for (const [account, expected] of [[OFFICERS.province, true], [OFFICERS.nation, true], ['cd01', false], ['sc01', false]]) {
      const client = await officer(account);
      const seen = [await find(client, `view=all&by=number&search=${number}`), await find(client, 'view=all&region=440103')];
      assert.deepEqual(seen.map(Boolean), [expected, expected], account);
      assert.equal(await find(client, 'view=pending'), undefined, account);
    }
  });
  test('refuses what nobody offers', async () => {
    for (const asked of ['view=mine', 'kind=dentist', 'business_type=cash', 'phase=third', 'region=44', 'by=colour&search=x'])
      await first.get(`queue?${asked}`, 422);
  });
});

describe('a claim', () => {
  const claim = (client, body = {}) => client.send('PUT', `applications/${number}/claim`, body);
  const decide = async (client) => client.send('POST', `applications/${number}/decision`, { version: (await detail(who, number)).version, event: 'pass' });

  test('of two at once one has it, and both are told', async () => {
    for (let i = 0; i < 10; i++) {
      const answers = await Promise.all([claim(first), claim(second)]);
      assert.deepEqual(answers.map((answer) => answer.status).sort(), [200, 409]);
      const winner = answers[0].status === 200 ? first : second;
      assert.equal((await winner.get(`applications/${number}`)).claim.mine, true);
      await winner.del(`applications/${number}/claim`);
    }
  });
  test('of two who take over from a third one has it: the other meant somebody else', async () => {
    const third = await officer(hire('gz02'));
    for (let i = 0; i < 5; i++) {
      assert.equal((await claim(first)).status, 200);
      const answers = await Promise.all([second, third].map((client) => claim(client, { reason: '同事休假', holder: '黎海珊' })));
      assert.deepEqual(answers.map((answer) => answer.status).sort(), [200, 409]);
      const [winner, loser] = answers[0].status === 200 ? [second, 1] : [third, 0];
      assert.match((await answers[loser].json()).detail, /刚由.*领取/);
      await winner.del(`applications/${number}/claim`);
    }
  });
  test('keeps colleagues from deciding until they take over with a reason', async () => {
    assert.equal((await claim(first)).status, 200);
    assert.deepEqual((await find(second, 'view=pending')).claim, { by: '黎海珊', mine: false, at: null });
    const refused = await decide(second);
    assert.equal(refused.status, 409);
    assert.match((await refused.json()).detail, /黎海珊.*接手/);
    assert.equal((await second.send('DELETE', `applications/${number}/claim`)).status, 409);
    assert.equal((await claim(second)).status, 409);
    assert.equal((await claim(second, { reason: '同事休假' })).status, 200);
    assert.match((await first.get('messages')).items[0].text, /区颖欣.*同事休假/);
    assert.equal((await decide(first)).status, 409);
    assert.equal((await decide(second)).status, 200);
  });
  test('ends when it leaves the desk, and is in the audit', async () => {
    const province = await officer(OFFICERS.province);
    assert.equal((await province.get(`applications/${number}`)).claim, null);
    assert.equal((await claim(first)).status, 409);
    const deeds = sql(`SELECT deed, detail FROM audit WHERE object = 'application/${number}' AND deed = 'application.claim' ORDER BY id DESC LIMIT 1`);
    assert.match(deeds[0][1], /reason=同事休假/);
    assert.ok(await find(second, 'view=done'));
  });
});
