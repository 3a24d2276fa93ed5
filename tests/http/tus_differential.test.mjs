// The same random requests to @tus/server and to the portal: where tus 1.0.0 says what the answer is,
// both give the same. LONG: 1,000 sequences instead of 30.
import assert from 'node:assert/strict';
import { createHash, randomBytes, randomInt } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import http from 'node:http';
import { after, before, test } from 'node:test';
import { pdf, pdfStream } from '../samples/formats.mjs';
import { b64, BASE, Client, VAR } from './client.mjs';
import { register, uscc } from './people.mjs';

const SEQUENCES = Number(process.env.SEQUENCES ?? (process.env.LONG ? 1000 : 30));
const STEPS = 12;
const STORE = `${VAR}/cache/tus-server`;
let reference; // its address
let server;
let client;

before(async () => {
  const [{ Server }, { FileStore }] = await Promise.all([import('@tus/server'), import('@tus/file-store')]);
  rmSync(STORE, { recursive: true, force: true });
  mkdirSync(STORE, { recursive: true });
  server = new Server({ path: '/files', datastore: new FileStore({ directory: STORE }), maxSize: 20 << 20, disableTerminationForFinishedUploads: true });
  const listener = http.createServer(server.handle.bind(server));
  await new Promise((done) => listener.listen(0, '127.0.0.1', done));
  server.listener = listener;
  reference = `http://127.0.0.1:${listener.address().port}`;
  await newPerson();
});
after(() => server?.listener.close());

/** One person begins only so many bytes and uploads a day. */
async function newPerson() {
  const { unit } = await register('hospital', uscc());
  client = new Client();
  await client.loginUnit(unit.account, unit.password);
}

/*
 * Where the two differ and tus 1.0.0 leaves it free: what is asked, the answer of @tus/server, ours, why.
 * Anything else that differs fails the test.
 */
const FREE = [
  ['no offset', 403, 400, 'a PATCH without Upload-Offset: an error of the client, no status is named'],
  ['delete finished', 400, 409, 'whether a finished upload may be terminated is not said; a form may hold ours'],
  ['body too long', 400, 413, 'more than was declared: an error of the client, no status is named'],
  ['wrong type', 400, 415, 'the protocol: "SHOULD return a 415"; @tus/server checks the header before'],
  ['wrong version', 400, 412, 'the protocol: "MUST respond with the 412"; @tus/server does so only when there is no version'],
];
const free = (what, theirs, ours) => FREE.some(([w, t, o]) => w === what && t === theirs && o === ours);

const RAW = { 'tus-resumable': '1.0.0' };
const PIECE = { 'content-type': 'application/offset+octet-stream' };

async function ask(side, method, path, headers, body) {
  const all = { ...RAW, ...headers };
  for (const name of Object.keys(all)) if (all[name] === null) delete all[name];
  if (side === 'theirs') { // @tus/server has no checksums and refuses the header, and takes an overridden POST for a creation
    delete all['upload-checksum'];
    method = all['x-http-method-override'] ?? method;
    delete all['x-http-method-override'];
  }
  if (side === 'ours') return client.send(method, path.startsWith('/') ? path : `/api/v1/${path}`, body, body && !all['content-type'] ? { ...all, 'content-type': '' } : all);
  const other = await fetch(`${reference}${path.startsWith('/') ? path : path.replace('uploads', '/files')}`, { method, headers: all, body });
  return other;
}

/** A good file of about that size; both get the same bytes. */
function file(size) {
  let whole = pdf({ objects: [pdfStream('')] });
  for (let more = size - whole.length; more > 0 && whole.length !== size; more += size - whole.length) whole = pdf({ objects: [pdfStream(randomBytes(more))] });
  return whole;
}

const seen = {};
const log = [];

/** One request to both; fails where the protocol says what has to be answered. */
async function both(what, method, upload, headers = {}, body) {
  const paths = { ours: upload?.ours ?? 'uploads', theirs: upload?.theirs ?? 'uploads' };
  const [theirs, ours] = await Promise.all([ask('theirs', method, paths.theirs, headers, body), ask('ours', method, paths.ours, headers, body)]);
  await Promise.all([theirs.arrayBuffer(), ours.arrayBuffer()]);
  const line = `${what}: ${theirs.status} ${ours.status}`;
  if (theirs.status >= 500) log.push(JSON.stringify({ method, headers }));
  log.push(line);
  seen[line] = (seen[line] ?? 0) + 1;
  const same = theirs.status === ours.status || free(what, theirs.status, ours.status);
  const differences = [!same && `status ${theirs.status} ${ours.status}`];
  for (const name of ['tus-resumable', 'upload-offset', 'upload-length', 'upload-metadata', ...(method === 'HEAD' ? ['cache-control'] : [])]) {
    const [a, b] = [theirs, ours].map((answer) => answer.headers.get(name));
    if (theirs.ok && ours.ok && a !== b) differences.push(`${name} ${a} ${b}`);
  }
  if (!ours.headers.get('tus-resumable')) differences.push('no Tus-Resumable');
  assert.deepEqual(differences.filter(Boolean), [], `${what}\n${log.slice(-STEPS).join('\n')}`);
  return { theirs, ours };
}

const pick = (list) => list[randomInt(list.length)];
const metadata = (name = '申请方案.pdf') => `slot ${b64('plan')},filename ${b64(name)}`;

async function create(uploads, withBody) {
  const bytes = file(randomInt(500, 60000));
  const first = withBody ? bytes.subarray(0, randomInt(1, bytes.length - 1)) : undefined;
  const { theirs, ours } = await both(withBody ? 'create with upload' : 'create', 'POST', null,
    { 'upload-length': String(bytes.length), 'upload-metadata': metadata(), ...(first && PIECE) }, first);
  uploads.push({ bytes, offset: first?.length ?? 0, theirs: new URL(theirs.headers.get('location'), reference).pathname, ours: new URL(ours.headers.get('location'), BASE).pathname });
}

/** What may be asked of one upload, as the state of it allows. */
const asks = {
  async head(u) {
    await both(u.offset === u.bytes.length ? 'head finished' : 'head', 'HEAD', u);
  },
  async patch(u, how = {}) {
    if (u.offset === u.bytes.length) return both('patch finished', 'PATCH', u, { 'upload-offset': '0', ...PIECE }, u.bytes.subarray(0, 10));
    const piece = u.bytes.subarray(u.offset, Math.min(u.bytes.length, u.offset + randomInt(1, 30000)));
    await both('patch', how.override ? 'POST' : 'PATCH', u, { 'upload-offset': String(u.offset), ...PIECE, ...how.headers?.(piece), ...(how.override && { 'x-http-method-override': 'PATCH' }) }, piece);
    u.offset += piece.length;
  },
  override: (u) => asks.patch(u, { override: true }),
  checksum: (u) => asks.patch(u, { headers: (piece) => ({ 'upload-checksum': `sha1 ${createHash('sha1').update(piece).digest('base64')}` }) }),
  nothing: (u) => u.offset < u.bytes.length && both('patch with nothing', 'PATCH', u, { 'upload-offset': String(u.offset), ...PIECE }, new Uint8Array(0)),
  'wrong offset': (u) => both('wrong offset', 'PATCH', u, { 'upload-offset': String(u.offset + randomInt(1, 50)), ...PIECE }, randomBytes(20)),
  'offset behind': (u) => u.offset > 0 && both('wrong offset', 'PATCH', u, { 'upload-offset': String(randomInt(u.offset)), ...PIECE }, randomBytes(20)),
  'no offset': (u) => both('no offset', 'PATCH', u, PIECE, randomBytes(20)),
  'wrong type': (u) => both('wrong type', 'PATCH', u, { 'upload-offset': String(u.offset), 'content-type': pick(['application/json', 'text/plain', 'application/octet-stream']) }, Buffer.from('{}')),
  'too long': (u) => u.offset < u.bytes.length && both('body too long', 'PATCH', u, { 'upload-offset': String(u.offset), ...PIECE }, randomBytes(u.bytes.length - u.offset + randomInt(1, 100))),
  'old version': (u) => both('wrong version', pick(['HEAD', 'PATCH', 'DELETE']), u, { 'tus-resumable': pick(['0.2.2', '2.0.0', '1', 'x']), 'upload-offset': '0' }),
  async end(u, uploads) {
    await both(u.offset === u.bytes.length ? 'delete finished' : 'delete', 'DELETE', u);
    if (u.offset === u.bytes.length) return;
    uploads.splice(uploads.indexOf(u), 1);
    for (const method of ['HEAD', 'PATCH', 'DELETE']) await both('gone', method, u, method === 'PATCH' ? { 'upload-offset': '0', ...PIECE } : {}, method === 'PATCH' ? randomBytes(9) : undefined);
  },
};
const WEIGHTS = { patch: 8, head: 4, checksum: 2, override: 2, end: 1 };
const BAG = Object.keys(asks).flatMap((name) => Array(WEIGHTS[name] ?? 1).fill(name));

const general = {
  options: async () => {
    const { theirs, ours } = await both('options', 'OPTIONS', null);
    for (const name of ['tus-version']) assert.equal(ours.headers.get(name), theirs.headers.get(name));
  },
  'no length': () => both('no length', 'POST', null, { 'upload-metadata': metadata() }),
  'bad length': () => both('no length', 'POST', null, { 'upload-length': pick(['-1', 'x', '1.5']), 'upload-metadata': metadata() }),
  'too large': () => both('too large', 'POST', null, { 'upload-length': String((30 << 20) + randomInt(1, 1000)), 'upload-metadata': metadata() }),
  'bad metadata': () => both('bad metadata', 'POST', null, { 'upload-length': '100', 'upload-metadata': pick(['filename %%%', ',', 'a b c', `filename ${b64('a')},filename ${b64('b')}`]) }),
  unknown: () => both('unknown', pick(['HEAD', 'DELETE']), { ours: `uploads/${'0'.repeat(32)}`, theirs: `uploads/${'0'.repeat(32)}` }),
  'old version': () => both('wrong version', 'POST', null, { 'tus-resumable': '0.2.2', 'upload-length': '100', 'upload-metadata': metadata() }),
  'no version': () => both('wrong version', 'POST', null, { 'tus-resumable': null, 'upload-length': '100', 'upload-metadata': metadata() }),
};

test(`${SEQUENCES} random sequences of requests are answered as @tus/server does`, { timeout: 3600_000 }, async (t) => {
  for (let i = 0; i < SEQUENCES; i++) {
    const uploads = [];
    if (i % 8 === 7) await newPerson();
    for (let step = 0; step < STEPS; step++) {
      const roll = randomInt(10);
      if (uploads.length === 0 || (roll === 0 && uploads.length < 3)) await create(uploads, randomInt(2) === 1);
      else if (roll === 1) await general[pick(Object.keys(general))]();
      else await asks[pick(BAG)](pick(uploads), uploads);
    }
    // what is left of it is finished, and the bytes are the same
    for (const u of [...uploads]) {
      if (randomInt(3) === 0) while (u.offset < u.bytes.length) await asks.patch(u);
      if (u.offset < u.bytes.length) await asks.end(u, uploads);
      else {
        const got = await client.send('GET', `${u.ours}/content`);
        assert.ok(got.ok, `content of a finished upload: ${got.status}`);
      }
    }
  }
  t.diagnostic(Object.entries(seen).map(([line, count]) => `${line} ×${count}`).sort().join('; '));
});
