// The keys of a sheet that was issued, downloaded, tested and used: they are nowhere in clear.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, readlinkSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { before, test } from 'node:test';
import { envelope, keysOf, LIBRARIES } from './channel.mjs';
import { detail, ready, SAMPLES, sheet, submitted } from './cases.mjs';
import { Client, setting, sleep, VAR } from './client.mjs';
import { databaseDump } from './keyring.mjs';
import { memoryHits, processes } from './memory.mjs';
import { everyDesk, passChain, readyOperator } from './people.mjs';

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
  const officers = await everyDesk();
  const who = await readyOperator('hospital', SAMPLES);
  const number = await submitted(who, 'hospital', 'mixed');
  await passChain(officers, number);
  const d = await ready(who, number, 'test');
  const keys = await keysOf(who.client, sheet(d, 'test', 'payment').url);
  for (const wrong of [{}, { spaces: true }, { sm4: 'raw' }])
    await who.client.post(`applications/${number}/selftest`, { envelope: JSON.stringify(envelope(lib, keys, { feeSumamt: 1 }, wrong)) });
  await new Client().call('POST', 'sandbox/order-create', JSON.stringify(envelope(lib, keys, { medOrgOrd: 'canary', orgCodg: 'H44010300001', feeSumamt: '1.00' })));
  for (const field of ['secret', 'channel_private']) await who.client.post(`applications/${number}/sheets/test/reveal`, { field });
  await detail(who, number);
  needles = [...forms(keys.appSecret, 'latin1'), Buffer.from(keys.appSecret, 'hex'), ...forms(keys.channelPrivateKey, 'base64')];
});

test('the search finds what is there', () => {
  for (const needle of needles) assert.ok(hits('x', Buffer.concat([Buffer.from('ab'), needle, Buffer.from('cd')])).length);
});

test('not in a dump of the database', () => {
  const dump = databaseDump();
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

/** Hits in each process of a service; fails when nothing could be read. */
function searched(service, more = []) {
  return processes(service).flatMap((pid) => {
    const read = memoryHits(pid, [...needles, ...more]);
    assert.ok(!read || read.bytes > 1 << 20, `${service} ${pid}: ${read?.bytes} bytes read`);
    return read ? [read.hits] : [];
  });
}

const root = { skip: process.getuid() !== 0 && 'reading the memory of another process takes root' };

test('not in the memory of a worker without the vault, nor of jobs', root, async () => {
  await sleep(1200); // idle: what was read for the last request is gone
  for (const service of ['public', 'review', 'jobs', 'sms']) {
    const found = searched(service);
    assert.ok(found.length > 0 && found.every((n) => n === 0), `${service}: ${found}`);
  }
});

test('wiped from the memory of the workers with the vault once the request is over', root, () => {
  const found = searched('keys');
  assert.ok(found.length > 1 && found.every((n) => n === 0), `keys: ${found}`);
});

test('a search of memory finds what is there', root, () => {
  const here = randomBytes(32);
  assert.ok(memoryHits(process.pid, [here]).hits > 0);
});

test('the vault is open in the workers that need it, and in no other', root, () => {
  // its key itself: the file's text, which nobody keeps, and the seal derived from it
  const [, hex] = readFileSync(setting('PORTAL_VAULT'), 'utf8').split('\n').filter((line) => /^\d/.test(line)).at(-1).split(' ');
  const seal = Buffer.from(hkdfSync('sha256', Buffer.from(hex, 'hex'), '', 'jieru seal 1', 32));
  const holds = (service, needle) => processes(service).map((pid) => memoryHits(pid, [needle])?.hits ?? 0);
  assert.ok(holds('keys', seal).slice(1).every((n) => n === 1), 'each worker of the role keys holds it once, its master not');
  for (const service of ['public', 'review']) assert.ok(holds(service, seal).every((n) => n === 0), service);
  for (const service of ['public', 'review', 'keys', 'jobs', 'sms']) for (const needle of [Buffer.from(hex), Buffer.from(hex, 'hex')]) assert.ok(holds(service, needle).every((n) => n === 0), `${service}: the file's key`);
});

test('no core file can hold them: none is allowed, and none can be piped away', () => {
  for (const service of ['public', 'review', 'keys', 'jobs', 'sms'])
    for (const pid of processes(service)) {
      assert.match(readFileSync(`/proc/${pid}/limits`, 'utf8'), /Max core file size +0 +0 /, service);
      // of a process that cannot be dumped the kernel gives its files to root
      const owner = Number(readFileSync(`/proc/${pid}/status`, 'utf8').match(/^Uid:\s+(\d+)/m)[1]);
      if (owner !== 0 && !process.env.JIERU_BUILD) assert.equal(statSync(`/proc/${pid}/environ`).uid, 0, service);
    }
});
