// SMS through a real gateway: readable, refused, the gateway gone and back; nothing arrives twice.
// The stack's own jobs stand still meanwhile; `portal jobs --once` works in their place.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { Client, REVIEW, sql, until, VAR } from './client.mjs';
import { DENIED, Kannel } from './kannel.mjs';
import { phone } from './people.mjs';

const kannel = new Kannel();
let portal; // the program the stack runs

before(async () => {
  await kannel.start();
  for (const lane of ['jobs', 'sms']) {
    const jobs = Number(readFileSync(`${VAR}/run/pid/${lane}`, 'utf8').split(' ')[0]);
    portal = readlinkSync(`/proc/${jobs}/exe`);
    process.kill(jobs, 'SIGTERM');
    await until(() => {
      try {
        return readFileSync(`/proc/${jobs}/stat`, 'utf8').includes(') Z ');
      } catch {
        return true;
      }
    });
  }
});
after(async () => {
  await kannel.end();
  execFileSync('deploy/up', ['--no-build', ...process.env.UP_ARGS.split(' ')], { stdio: 'ignore' });
});

/** Whatever waits is due now, and tried once. */
function attempt() {
  sql("UPDATE job SET run_at = 0 WHERE state = 1 AND kind = 'send_sms'");
  execFileSync(portal, ['jobs', '--once'], {
    stdio: 'ignore',
    env: {
      ...process.env,
      PORTAL_ENV_FILE: `${VAR}/portal.env`,
      PORTAL_SMS_PROVIDER: 'kannel',
      PORTAL_SMS_URL: kannel.url,
      PORTAL_SMS_USER: 'jieru',
      PORTAL_SMS_PASSWORD: 'secret',
      PORTAL_SMS_SIGN: '10690000',
      PORTAL_SMS_REPORT_URL: `${REVIEW}/api/v1/sms-reports`,
    },
  });
}

/** Asks for a code; the number of its SMS. */
async function ask(to) {
  const client = new Client();
  await client.session();
  await client.post('sms-codes', { purpose: 'register', phone: to, ...(await client.captcha()) }, 202);
  return sql('SELECT MAX(id) FROM sms_message')[0][0];
}

const [WAITING, SENT, GIVEN_UP, DELIVERED] = ['1', '2', '3', '6'];
const row = (id) => sql(`SELECT state, attempts, IFNULL(note, '') FROM sms_message WHERE id = ${id}`)[0];
const CODE = /^验证码 \d{6}，5 分钟内有效，请勿告诉他人。如非本人操作，请忽略。$/;

async function arrivedOnce(to, id, attempts) {
  await until(() => row(id)[0] === DELIVERED && kannel.arrived(to).length > 0);
  attempt(); // there is nothing left to send
  assert.deepEqual(row(id).slice(0, 2), [DELIVERED, String(attempts)]);
  assert.equal(kannel.arrived(to).length, 1);
  assert.match(kannel.arrived(to)[0], CODE);
}

test('a Chinese code arrives as it was written, and is reported delivered', async () => {
  const to = phone();
  const id = await ask(to);
  attempt();
  assert.ok([SENT, DELIVERED].includes(row(id)[0]));
  await arrivedOnce(to, id, 1);
  const list = execFileSync(portal, ['admin', 'sms-list', '--limit', '1'], {
    encoding: 'utf8',
    env: { ...process.env, PORTAL_ENV_FILE: `${VAR}/admin.env` },
  });
  assert.ok(list.includes(`${to.slice(0, 3)}****${to.slice(7)}\tdelivered\t1\t`), list);
  assert.ok(!list.includes(to));
});

test('a number the gateway will never take is given up, with the reason', async () => {
  const to = DENIED + phone().slice(4);
  const id = await ask(to);
  attempt();
  const [state, attempts, note] = row(id);
  assert.deepEqual([state, attempts], [GIVEN_UP, '1']);
  assert.match(note, /denied by white- and\/or black-lists/);
  attempt();
  assert.equal(row(id)[1], '1');
  assert.equal(kannel.arrived(to).length, 0);
});

test('what the gateway refuses today is tried again', async () => {
  const to = phone();
  await kannel.admin('stop-smsc?smsc=fake');
  await until(async () => /fake.*\(dead/.test(await kannel.admin('status.txt')));
  const id = await ask(to);
  attempt();
  attempt();
  assert.deepEqual(row(id).slice(0, 2), [WAITING, '2']);
  assert.match(row(id)[2], /403 Not routable/);
  const [[due]] = sql(`SELECT run_at - UNIX_TIMESTAMP() > 5 FROM job WHERE kind = 'send_sms' AND subject = ${id}`);
  assert.equal(due, '1', 'the pauses grow');
  await kannel.admin('start-smsc?smsc=fake');
  await kannel.centre();
  attempt();
  await arrivedOnce(to, id, 3);
});

test('a gateway that is away gets it when it is back', async () => {
  const to = phone();
  await kannel.stop();
  const id = await ask(to);
  attempt();
  assert.deepEqual(row(id).slice(0, 2), [WAITING, '1']);
  assert.match(row(id)[2], /curl 7/);
  await kannel.start();
  attempt();
  await arrivedOnce(to, id, 2);
});

test('nothing arrived twice', () => {
  const texts = [...kannel.printed.matchAll(/Got message \d+: (<.*>)/g)].map(([, text]) => text);
  assert.equal(texts.length, 3);
  assert.equal(new Set(texts).size, 3);
});
