// Approvals with `portal jobs` killed at random: whatever was passed has its keys and sheets, each once.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { before, test } from 'node:test';
import { PORTAL } from './channel.mjs';
import { copies, ready, SAMPLES, submitted } from './cases.mjs';
import { sleep, sql, until, VAR } from './client.mjs';
import { everyDesk, passChain, readyOperator } from './people.mjs';

const COUNT = process.env.LONG ? 2000 : 50;
const DB_TOO = Boolean(process.env.LONG);
const JOBS = { ...process.env, PORTAL_ENV_FILE: `${VAR}/portal.env` };
const up = () => execFileSync('deploy/up', ['--no-build', ...(process.env.UP_ARGS ?? '').split(' ').filter(Boolean)], { env: { ...process.env, JIERU_VAR: VAR }, stdio: 'ignore' });
const pidOf = (service) => Number(readFileSync(`${VAR}/run/pid/${service}`, 'utf8').split(' ')[0]);
const MINE = "application_id IN (SELECT id FROM application WHERE shown_app_name LIKE '重复%')";
const JOB = "kind = 'issue_test' AND subject IN (SELECT id FROM application WHERE shown_app_name LIKE '重复%')";
const one = (statement) => Number(sql(statement)[0][0]);

before(async () => {
  const officers = await everyDesk();
  const who = await readyOperator('hospital', SAMPLES);
  const number = await submitted(who, 'hospital', 'auth');
  await passChain(officers, number);
  await ready(who, number, 'test');
  process.kill(pidOf('jobs'), 'SIGTERM');
  // the same state as after a 国家 pass: the application, its event, its job, in one transaction
  copies(number, Array.from({ length: COUNT }, (_, i) => `重复${i}`));
  sql(`SET SESSION sql_mode = 'TRADITIONAL';
       INSERT INTO application_event (application_id, event, from_state, to_state, desk, bureau_id, actor_role, actor_id, actor_name, created_at, round)
         SELECT n.id, e.event, e.from_state, e.to_state, e.desk, e.bureau_id, e.actor_role, e.actor_id, e.actor_name, e.created_at, e.round
         FROM application n, application o JOIN application_event e ON e.application_id = o.id
         WHERE n.shown_app_name LIKE '重复%' AND o.number = '${number}';
       INSERT INTO job (kind, subject, state, run_at, created_at)
         SELECT 'issue_test', id, 1, UNIX_TIMESTAMP(), UNIX_TIMESTAMP() FROM application WHERE shown_app_name LIKE '重复%'`);
});

/** A process of jobs that is killed after a while, again and again, until `over` says so. */
async function killedAgainAndAgain(over) {
  let kills = 0;
  while (!over()) {
    const child = spawn(PORTAL, ['jobs'], { env: JOBS, stdio: 'ignore' });
    const ended = new Promise((done) => child.on('close', (code, signal) => done(signal)));
    const timer = setTimeout(() => child.kill('SIGKILL'), process.env.LONG ? randomInt(100, 3000) : randomInt(40, 300));
    kills += (await ended) === 'SIGKILL';
    clearTimeout(timer);
  }
  return kills;
}

test(`of ${COUNT} approvals each has its keys and sheets exactly once, however often jobs are killed`, async () => {
  let over = false;
  const killers = Promise.all([killedAgainAndAgain(() => over), killedAgainAndAgain(() => over)]);
  const deadline = Date.now() + (process.env.LONG ? 280000 : 60000);
  let crashes = 0;
  let asked = 0;
  const waiting = () => {
    try {
      return one(`SELECT COUNT(*) FROM job WHERE state = 1 AND ${JOB}`);
    } catch {
      return -1; // the database is away
    }
  };
  const hurry = () => {
    try {
      sql(`UPDATE job SET run_at = UNIX_TIMESTAMP() WHERE state = 1 AND attempts < 10 AND run_at > UNIX_TIMESTAMP() AND ${JOB} ORDER BY id LIMIT 100`);
    } catch {
      // a job holds them, or the database is away
    }
  };
  // a killed attempt comes again 5, 10, 20 s later: what is left is hurried on, as time would
  try {
    for (let left = waiting(); left !== 0 && Date.now() < deadline; left = waiting()) {
      if (left > 0 && ++asked % 5 === 0) hurry();
      if (DB_TOO && left > 0 && left < COUNT * (0.75 - crashes * 0.25) && crashes < 2) {
        process.kill(pidOf('db'), 'SIGKILL');
        crashes++;
        await sleep(500);
        up(); // also starts jobs, which are killed below by nobody: it is told to end
        process.kill(pidOf('jobs'), 'SIGTERM');
      }
      await sleep(200);
    }
  } finally {
    over = true;
  }
  const kills = (await killers).reduce((a, b) => a + b);
  console.log(`${COUNT} approvals, ${kills} kills of jobs, ${crashes} of the database`);
  assert.ok(kills >= 3, `${kills} kills`);
  assert.equal(one(`SELECT COUNT(*) FROM job WHERE state = 2 AND ${JOB}`), COUNT, 'a job is not done');
  assert.equal(one(`SELECT COUNT(*) FROM credential WHERE ${MINE}`), COUNT);
  assert.equal(one(`SELECT COUNT(DISTINCT app_id, secret_sealed, platform_public, channel_public, channel_code) FROM credential WHERE ${MINE}`), COUNT, 'two share a key');
  assert.equal(one(`SELECT COUNT(DISTINCT application_id) FROM credential WHERE environment = 1 AND serial = 1 AND disabled_at IS NULL AND ${MINE}`), COUNT);
  assert.equal(one(`SELECT COUNT(DISTINCT number) FROM sheet WHERE ${MINE}`), 2 * COUNT);
  assert.equal(one(`SELECT COUNT(*) FROM sheet WHERE ${MINE}`), 2 * COUNT);
  const deeds = "deed = 'credential.issue' AND object IN (SELECT CONCAT('application/', number) FROM application WHERE shown_app_name LIKE '重复%')";
  assert.equal(one(`SELECT COUNT(*) FROM audit WHERE ${deeds}`), COUNT);
});

test('and the installation is whole again', async () => {
  up();
  await until(() => sql('SELECT 1').length === 1);
  sql("DELETE FROM application WHERE shown_app_name LIKE '重复%'");
});
