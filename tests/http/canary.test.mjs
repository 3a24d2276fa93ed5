// The keys of a sheet that was issued, downloaded, tested and used: they are nowhere in clear.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, readlinkSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { before, test } from 'node:test';
import { envelope, keysOf, LIBRARIES } from './channel.mjs';
import { detail, ready, SAMPLES, sheet, submitted } from './cases.mjs';
import { Client, setting, VAR } from './client.mjs';
import { OFFICERS, officer, passChain, readyOperator } from './people.mjs';

const lib = LIBRARIES['sm-crypto'];
let needles;

/** A secret as it may have been written down. */
function forms(text, encoding) {
  const bytes = Buffer.from(text, encoding);
  return [text, bytes, bytes.toString('hex'), bytes.toString('hex').toUpperCase(), bytes.toString('base64').replace(/=+$/, '')].map((x) => Buffer.from(x));
}

const hits = (name, bytes) => needles.filter((n) => bytes.includes(n)).map(() => name);

function* files(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) yield* files(path);
    else if (entry.isFile()) yield path;
  }
}

before(async () => {
  const officers = {};
  for (const [desk, account] of Object.entries(OFFICERS)) officers[desk] = await officer(account);
  const who = await readyOperator('hospital', SAMPLES);
  const number = await submitted(who, 'hospital', 'mixed');
  await passChain(officers, number);
  const d = await ready(who, number, 'test');
  const keys = await keysOf(who.client, sheet(d, 'test', 'payment').url);
  for (const wrong of [{}, { spaces: true }, { sm4: 'raw' }])
    await who.client.post(`applications/${number}/bench`, { envelope: JSON.stringify(envelope(lib, keys, { feeSumamt: 1 }, wrong)) });
  await new Client().call('POST', 'sandbox/order-create', JSON.stringify(envelope(lib, keys, { feeSumamt: 1 })));
  await detail(who, number);
  needles = [...forms(keys.appSecret, 'latin1'), Buffer.from(keys.appSecret, 'hex'), ...forms(keys.channelPrivateKey, 'base64')];
});

test('the search finds what is there', () => {
  for (const needle of needles) assert.ok(hits('x', Buffer.concat([Buffer.from('ab'), needle, Buffer.from('cd')])).length);
});

test('not in a dump of the database', () => {
  const dump = execFileSync('mariadb-dump', ['--no-defaults', '-S', setting('PORTAL_DB_SOCKET'), '-u', setting('PORTAL_DB_USER'), '--single-transaction', '--skip-lock-tables', '--hex-blob', setting('PORTAL_DB_NAME'), 'credential', 'sheet', 'bench', 'audit', 'job', 'message', 'once', 'application', 'application_event', 'application_round', 'platform_key', 'sms_message'], { env: { ...process.env, MYSQL_PWD: setting('PORTAL_DB_PASSWORD') }, maxBuffer: 1 << 29 });
  assert.ok(dump.length > 10000);
  assert.deepEqual(hits('database', dump), []);
});

test('not in a dump of Redis', () => {
  const dump = execFileSync('redis-cli', ['-s', setting('PORTAL_REDIS_SOCKET'), '--rdb', '-'], { maxBuffer: 1 << 28, stdio: ['ignore', 'pipe', 'ignore'] });
  assert.ok(dump.includes('REDIS'));
  assert.deepEqual(hits('redis', dump), []);
});

test('not in any file of the installation: logs, database, store, bodies on disk', () => {
  const found = [];
  for (const file of files(VAR)) if (existsSync(file) && statSync(file).size < 1 << 28) found.push(...hits(file, readFileSync(file)));
  assert.deepEqual(found, []);
});

test('not in files that workers and jobs have open or left in the temporary folder', () => {
  const found = [];
  for (const pid of readdirSync('/proc').filter((p) => /^\d+$/.test(p))) {
    try {
      if (readFileSync(`/proc/${pid}/comm`, 'utf8').trim() !== 'portal') continue;
      for (const fd of readdirSync(`/proc/${pid}/fd`)) {
        const to = readlinkSync(`/proc/${pid}/fd/${fd}`);
        if (to.startsWith('/') && existsSync(to) && statSync(to).isFile()) found.push(...hits(to, readFileSync(to)));
      }
    } catch {
      // gone meanwhile, or another user's
    }
  }
  for (const name of readdirSync(tmpdir())) {
    const path = `${tmpdir()}/${name}`;
    // sheets that tests saved lie in folders of their own
    try {
      if (statSync(path).isFile() && statSync(path).size < 1 << 24) found.push(...hits(path, readFileSync(path)));
    } catch {
      // gone meanwhile
    }
  }
  assert.deepEqual(found, []);
});
