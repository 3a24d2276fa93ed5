// Workers, MariaDB and Redis die at the worst moment: nothing half done, nothing acknowledged lost.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { before, describe, test } from 'node:test';
import { applicationForm, detail, SAMPLES } from './cases.mjs';
import { Client, REVIEW, sleep, sql, until, VAR } from './client.mjs';
import { readyOperator } from './people.mjs';

const pid = (name) => Number(readFileSync(`${VAR}/run/pid/${name}`, 'utf8').split(' ')[0]);
const children = (parent) =>
  execFileSync('pgrep', ['-P', String(parent)], { encoding: 'utf8' }).trim().split('\n').map(Number);
const restart = () => execFileSync('deploy/up', ['--no-build', ...process.env.UP_ARGS.split(' ')], { stdio: 'ignore' });

const KILLS = process.env.LONG ? 60 : 15;

let who;
before(async () => {
  who = await readyOperator('hospital', SAMPLES);
});

/** The answer within 5 s, or the reason why there was none. */
async function within5s(path, base, headers) {
  const client = new Client(base);
  const answer = await fetch(`${client.base}/api/v1/${path}`, { headers, signal: AbortSignal.timeout(5000) });
  return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() };
}

test('a worker killed during 提交 leaves it fully submitted or fully draft', async () => {
  const form = await applicationForm(who, 'hospital', 'mixed');
  const seen = { draft: 0, apply_review: 0 };
  for (let i = 0; i < KILLS; i++) {
    const { number, version } = await who.client.create('applications', form);
    const answered = who.client.send('POST', `applications/${number}/submission`, { version }).catch(() => null);
    await sleep((i % 15) + 1);
    for (const worker of children(pid('public'))) process.kill(worker, 'SIGKILL');
    const answer = await answered;
    const d = await until(() => detail(who, number).catch(() => null));
    const [[events, jobs]] = sql(`SELECT (SELECT COUNT(*) FROM application_event e JOIN application a ON a.id = e.application_id WHERE a.number = '${number}'),
      (SELECT COUNT(*) FROM application_round r JOIN application a ON a.id = r.application_id WHERE a.number = '${number}')`);
    seen[d.status]++;
    assert.ok(d.status === 'draft' || d.status === 'apply_review');
    assert.equal(Number(events), d.status === 'draft' ? 0 : 1);
    assert.equal(Number(jobs), d.status === 'draft' ? 0 : 1);
    if (answer?.status === 200) assert.equal(d.status, 'apply_review', 'an acknowledged submit was lost');
    if (d.status === 'draft') await who.client.del(`applications/${number}`);
    else await who.client.post(`applications/${number}/discard`, { version: d.version, reason: '测试' });
  }
  assert.equal(seen.draft + seen.apply_review, KILLS);
});

describe('while MariaDB is away', () => {
  test('pages say so within 5 s, and everything acknowledged is there afterwards', async () => {
    const { number } = await who.client.create('applications', { business_type: 'mixed', remark: '断电之前' });
    process.kill(pid('db'), 'SIGKILL');
    try {
      const answer = await who.client.send('GET', 'applications', undefined, { signal: AbortSignal.timeout(5000) });
      assert.equal(answer.status, 503);
      assert.match((await answer.json()).title, /暂时不可用/);
      const state = await within5s('../../readyz', REVIEW);
      assert.equal(state.status, 503);
    } finally {
      restart();
    }
    const d = await until(() => detail(who, number).catch(() => null));
    assert.equal(d.answers.remark, '断电之前');
    await who.client.del(`applications/${number}`);
  });
});

describe('while Redis is away', () => {
  test('nobody gets in, pages say so, and signing in works again afterwards', async () => {
    process.kill(pid('kv'), 'SIGKILL');
    try {
      const answer = await within5s(`captchas/${'0'.repeat(32)}`); // nobody signs in without
      assert.equal(answer.status, 503);
      assert.match(answer.type, /problem\+json/);
      const cookie = [...who.client.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      assert.equal((await within5s('unit', undefined, { cookie })).status, 503);
      assert.equal((await within5s('session')).status, 200); // a stranger has nothing there
    } finally {
      restart();
    }
    const again = new Client();
    const session = await until(() => again.loginOperator(who.operator.phone, who.operator.password).catch(() => null));
    assert.equal(session.kind, 'operator');
  });
});

test('while all workers are away nginx answers in Chinese, and they come back', async () => {
  process.kill(pid('public'), 'SIGKILL');
  await sleep(300);
  try {
    const answer = await within5s('session');
    assert.equal(answer.status, 503);
    assert.match(JSON.parse(answer.text).title, /暂时不可用/);
  } finally {
    restart();
  }
  assert.equal((await within5s('session')).status, 200);
});
