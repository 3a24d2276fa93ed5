// The same decision for many; opinions kept for use, and lists kept by name.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { detail, SAMPLES, submitted } from './cases.mjs';
import { held, sql, until } from './client.mjs';
import { decide, hire, officer, OFFICERS, readyOperator } from './people.mjs';

const people = [];
const numbers = [];
let officers;

before(async () => {
  for (let i = 0; i < 6; i++) {
    people.push(await readyOperator('hospital', SAMPLES));
    numbers.push(await submitted(people[i], 'hospital', 'mixed'));
  }
  officers = { colleague: await officer('gz02'), stranger: await officer('cd01') };
  for (const desk of ['local', 'province', 'nation']) officers[desk] = await officer(OFFICERS[desk]);
});

const version = async (i) => (await detail(people[i], numbers[i])).version;
const item = async (i) => `${numbers[i]}:${await version(i)}`;
const state = (i) => detail(people[i], numbers[i]).then((seen) => seen.state);

describe('a batch', () => {
  test('decides what it can and says of each other why not', async () => {
    const stale = await item(2);
    await decide(officers.colleague, numbers[2], 'pass'); // a colleague is first
    await officers.colleague.put(`applications/${numbers[3]}/claim`, {});
    await people[4].client.post(`applications/${numbers[4]}/discard`, { version: await version(4), reason: '填写有误' });
    const gone = `${'0'.repeat(32)}:3`;
    const items = [await item(0), stale, await item(3), `${numbers[4]}:3`, await item(1), gone];
    const answer = await officers.local.create('decisions', { event: 'pass', remark: '同意', items }, 200);
    assert.deepEqual([answer.done, answer.failed], [2, 4]);
    assert.deepEqual(answer.results.map((each) => [each.number, each.done, each.code]), [
      [numbers[0], true, null],
      [numbers[2], false, 'CONFLICT'],
      [numbers[3], false, 'CONFLICT'],
      [numbers[4], false, 'CONFLICT'],
      [numbers[1], true, null],
      ['0'.repeat(32), false, 'NOT_FOUND'],
    ]);
    assert.match(answer.results[1].text, /区颖欣于 \d{4}-\d\d-\d\d \d\d:\d\d 审核通过/);
    assert.match(answer.results[2].text, /区颖欣领取/);
    assert.match(answer.results[3].text, /弃用/);
    assert.deepEqual(await Promise.all([0, 1, 3].map(state)), ['APPLY_PROVINCE', 'APPLY_PROVINCE', 'APPLY_LOCAL']);
    const deeds = sql(`SELECT COUNT(*) FROM audit WHERE deed = 'application.decide' AND object IN ('application/${numbers[0]}', 'application/${numbers[1]}')`);
    assert.equal(deeds[0][0], '2', 'each its own deed');
    const seen = await detail(people[0], numbers[0]);
    assert.equal(seen.records.at(-2).remark, '同意');
  });
  test('sent again is answered the same, and decides nothing twice', async () => {
    const [one, two] = [await submitted(people[0], 'hospital', 'auth'), await submitted(people[1], 'hospital', 'auth')];
    const filed = async (n, number) => `${number}:${(await detail(people[n], number)).version}`;
    const body = { event: 'pass', items: [await filed(0, one), `${'0'.repeat(32)}:1`, await filed(1, two)] };
    const key = '0123456789abcdef-batch' + one.slice(0, 8);
    const answers = await Promise.all([1, 2, 3].map(() => officers.local.post('decisions', body, 200, key)));
    answers.push(await officers.local.post('decisions', body, 200, key));
    assert.deepEqual([answers[0].done, answers[0].failed], [2, 1]);
    for (const answer of answers) assert.deepEqual(answer, answers[0]);
    assert.equal(sql(`SELECT COUNT(*) FROM audit WHERE deed = 'application.decide' AND object IN ('application/${one}', 'application/${two}')`)[0][0], '2');
  });
  test('of an officer who is disabled meanwhile goes no further', async () => {
    const account = hire(OFFICERS.local);
    const [[id]] = sql(`SELECT id FROM staff WHERE account = '${account}'`);
    const him = await officer(account);
    const safety = await officer('aq01');
    const three = [];
    for (let i = 0; i < 3; i++) three.push(await submitted(people[3 + i], 'hospital', 'auth'));
    const seen = () => Promise.all(three.map((number, i) => detail(people[3 + i], number)));
    const states = async () => (await seen()).map(({ state }) => state);
    const versions = (await seen()).map(({ version }) => version);
    const free = await held(`SELECT id FROM application WHERE number = '${three[1]}' FOR UPDATE`);
    const batch = him.create('decisions', { event: 'pass', items: three.map((number, i) => `${number}:${versions[i]}`) }, 200);
    await until(async () => (await states())[0] === 'APPLY_PROVINCE');
    await safety.put(`staff/${id}/disabled`, { reason: '调离' }, 204);
    await free();
    const { results } = await batch;
    assert.deepEqual(results.map((each) => [each.done, each.code]), [[true, null], [false, 'UNAUTHENTICATED'], [false, 'UNAUTHENTICATED']]);
    assert.match(results[1].text, /停用/);
    assert.deepEqual(await states(), ['APPLY_PROVINCE', 'APPLY_LOCAL', 'APPLY_LOCAL']);
    await him.get('queue', 401);
  });
  test('of a stranger decides nothing', async () => {
    const answer = await officers.stranger.create('decisions', { event: 'pass', items: [await item(5)] }, 200);
    assert.deepEqual([answer.done, answer.results[0].code], [0, 'NOT_FOUND']);
    assert.equal(await state(5), 'APPLY_LOCAL');
  });
  test('needs the opinion for 驳回, and at the nation the tick of note 5', async () => {
    await officers.local.create('decisions', { event: 'reject', items: [await item(5)] }, 422);
    for (const desk of ['local', 'province']) await decide(officers[desk], numbers[5], 'pass');
    await decide(officers.province, numbers[0], 'pass');
    const items = [await item(5), await item(0)];
    const refused = await officers.nation.create('decisions', { event: 'pass', items }, 200);
    assert.deepEqual([refused.done, refused.results[0].code], [0, 'INVALID']);
    assert.match(refused.results[0].text, /安全测评/);
    assert.equal((await officers.nation.create('decisions', { event: 'pass', security_checked: true, items }, 200)).done, 2);
    assert.equal(await state(5), 'APPLIED');
  });
  test('takes 1 to 100 of them, each once', async () => {
    const many = Array.from({ length: 101 }, (_, i) => `${String(i).padStart(32, '0')}:1`);
    for (const items of [[], many, [many[0], many[0]], ['x:1'], [`${many[0].slice(0, 32)}:0`], [7], 'all', [null]])
      await officers.local.create('decisions', { event: 'pass', items }, 422);
    const answer = await officers.local.create('decisions', { event: 'pass', items: many.slice(1) }, 200);
    assert.deepEqual([answer.done, answer.failed], [0, 100]);
  });
});

describe('已审核', () => {
  const list = (query) => officers.local.get(`queue?view=done&${query}`).then((page) => page.items.map((row) => row.number));
  test('is narrowed by the decision, by who made it, and as the other lists', async () => {
    const [row] = (await officers.local.get('queue?view=done')).items.filter((each) => each.number === numbers[1]);
    assert.equal(row.decision.event, 'pass');
    assert.equal(row.decision.by, '黎海珊');
    for (const asked of ['result=pass', 'mine=1', 'kind=hospital', 'business_type=mixed', 'region=440103', 'phase=apply', `by=number&search=${numbers[1]}`])
      assert.ok((await list(asked)).includes(numbers[1]), asked);
    for (const asked of ['result=reject', 'kind=pharmacy', 'business_type=auth', 'region=440104', 'phase=accept', `by=number&search=${numbers[3]}`])
      assert.ok(!(await list(asked)).includes(numbers[1]), asked);
    assert.ok((await list('result=pass')).includes(numbers[2]));
    assert.ok(!(await list('mine=1')).includes(numbers[2]), 'a colleague decided');
    await officers.local.get('queue?view=done&result=maybe', 422);
  });
});

describe('常用意见', () => {
  const titles = async (client) => (await client.get('opinion-templates')).items.map((each) => each.title);
  test('are of the bureau, and those of the nation of all', async () => {
    const own = { event: 'reject', title: `缺章${numbers[0].slice(0, 6)}`, text: '申请函未加盖公章，请补盖后重新上传' };
    const { id } = await officers.local.create('opinion-templates', own);
    assert.ok((await titles(officers.colleague)).includes(own.title));
    assert.ok(!(await titles(officers.stranger)).includes(own.title));
    await officers.stranger.put(`opinion-templates/${id}`, own, 404);
    await officers.stranger.del(`opinion-templates/${id}`, 404);
    await officers.local.create('opinion-templates', { ...own, national: true }, 422);
    const changed = { title: `改过${numbers[0].slice(0, 6)}`, text: '请核对协议有效期' };
    await officers.colleague.put(`opinion-templates/${id}`, changed);
    await officers.colleague.put(`opinion-templates/${id}`, changed);
    const [row] = (await officers.local.get('opinion-templates')).items.filter((each) => each.id === id);
    assert.deepEqual([row.event, row.title, row.mine, row.national], [null, changed.title, true, false]);
    const shared = { event: 'pass', title: `同意${numbers[0].slice(0, 6)}`, text: '材料齐全，同意', national: true };
    const national = (await officers.nation.create('opinion-templates', shared)).id;
    assert.ok((await titles(officers.stranger)).includes(shared.title));
    await officers.local.put(`opinion-templates/${national}`, own, 404);
    await officers.nation.del(`opinion-templates/${national}`);
    await officers.local.del(`opinion-templates/${id}`);
    assert.ok(!(await titles(officers.local)).includes(changed.title));
  });
});

describe('常用筛选', () => {
  test('are of one officer; the same name takes its place', async () => {
    const name = `药店${numbers[0].slice(0, 6)}`;
    const first = await officers.local.create('queue/filters', { name, query: 'kind=pharmacy' });
    const second = await officers.local.create('queue/filters', { name, query: 'view=all&kind=pharmacy' });
    assert.equal(first.id, second.id);
    const mine = (await officers.local.get('queue/filters')).items.filter((each) => each.name === name);
    assert.deepEqual(mine.map((each) => each.query), ['view=all&kind=pharmacy']);
    assert.ok(!(await officers.colleague.get('queue/filters')).items.some((each) => each.name === name));
    await officers.colleague.del(`queue/filters/${first.id}`, 404);
    await officers.local.create('queue/filters', { name: '', query: '' }, 422);
    await officers.local.del(`queue/filters/${first.id}`);
  });
});
