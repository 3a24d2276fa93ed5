// One person with a browser, as the API sees them: a cookie jar, the CSRF token, captchas read
// from Redis and SMS codes read from the file provider's log. No mocks: all of it runs against the
// stack that deploy/up started. Environment: BASE, REVIEW (addresses), VAR (state directory).
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { createReadStream, readFileSync, statSync } from 'node:fs';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { request } from 'node:http';
import { basename } from 'node:path';

export const BASE = process.env.BASE ?? 'http://localhost:18080';
export const REVIEW = process.env.REVIEW ?? 'http://localhost:18081';
export const VAR = process.env.VAR ?? 'var/test';
export const PIECE = 1 << 20; // bytes of one PATCH, as the browser sends them

// KEY=VALUE lines of the installation's settings.
const settings = Object.fromEntries(
  readFileSync(`${VAR}/portal.env`, 'utf8')
    .split('\n')
    .filter((line) => /^[A-Z]/.test(line))
    .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1).replace(/^"|"$/g, '')]),
);
export const setting = (name) => settings[name];

export const redis = (...words) =>
  execFileSync('redis-cli', ['-s', setting('PORTAL_REDIS_SOCKET'), ...words], { encoding: 'utf8' }).trim();

const DEADLOCKS = 5; // a statement beside the jobs may be the one MariaDB gives up: it asks to be run again

function run(statement) {
  return execFileSync(
    'mariadb',
    ['--no-defaults', '-S', setting('PORTAL_DB_SOCKET'), '-u', setting('PORTAL_DB_USER'), '-N', '-B',
      '--default-character-set=utf8mb4', setting('PORTAL_DB_NAME'), '-e', statement],
    { encoding: 'utf8', stdio: 'pipe', env: { ...process.env, MYSQL_PWD: setting('PORTAL_DB_PASSWORD') } },
  );
}

/** Locks what a statement reads; answers a function that lets it go. */
export async function held(statement) {
  const child = spawn(
    'mariadb',
    ['--no-defaults', '-S', setting('PORTAL_DB_SOCKET'), '-u', setting('PORTAL_DB_USER'), '-N', '-B', '-n', setting('PORTAL_DB_NAME')],
    { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, MYSQL_PWD: setting('PORTAL_DB_PASSWORD') } },
  );
  child.stdin.write(`START TRANSACTION;\n${statement};\n`);
  await once(child.stdout, 'data');
  return () => {
    child.stdin.end();
    return once(child, 'exit');
  };
}

/** Rows of a statement run as the workers' database user, as arrays of text. */
export function sql(statement) {
  for (let i = 1; ; i++)
    try {
      return run(statement).split('\n').filter(Boolean).map((line) => line.split('\t'));
    } catch (e) {
      if (i === DEADLOCKS || !/ERROR 1213 /.test(e.stderr)) throw e;
    }
}

export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

/** Calls `probe` until it answers something truthy; fails after `seconds`. */
export async function until(probe, seconds = 15) {
  for (let i = 0; i < seconds * 10; i++) {
    const found = await probe();
    if (found) return found;
    await sleep(100);
  }
  throw new Error(`nothing after ${seconds} s: ${probe}`);
}

/** The number that makes SHA-256 of "id.number" begin with as many zero bits as the installation asks for. */
export function effort(id) {
  const bits = Number(setting('PORTAL_EFFORT_BITS'));
  for (let n = 0; ; n++) if (createHash('sha256').update(`${id}.${n}`).digest().readUInt32BE() < 2 ** (32 - bits)) return String(n);
}

// Codes to one phone one after the other: whoever waits for his reads the newest.
const turns = new Map();

// What a refusal is called; the answer can still be read.
const codeOf = async (answer) => (await answer.clone().json().catch(() => null))?.code;

export class Client {
  constructor(base = BASE) {
    this.base = base;
    this.cookies = new Map();
    this.csrf = '';
  }

  fetch(url, options) {
    return fetch(url, options);
  }

  /**
   * The raw answer of one request; bodies that are objects travel as JSON. Comes again when it is BUSY, with a new
   * token when the one it had is out of use, and where the phone has to prove itself first, whoever has it (`phone`)
   * does, as the pages have people do.
   */
  async send(method, path, body, headers = {}) {
    let answer = await this.sendPatiently(method, path, body, headers);
    if (answer.status === 403 && this.csrf && !headers['x-csrf-token'] && (await codeOf(answer)) === 'CSRF') {
      await this.session();
      answer = await this.sendPatiently(method, path, body, headers);
    }
    if (answer.status !== 403 || !this.phone || (await codeOf(answer)) !== 'PHONE_PROOF') return answer;
    this.proving ??= this.prove().finally(() => (this.proving = null));
    await this.proving;
    return this.sendPatiently(method, path, body, headers);
  }

  async sendPatiently(method, path, body, headers) {
    for (let tries = 1; ; tries++) {
      const answer = await this.sendOnce(method, path, body, headers);
      if (answer.status !== 503 || tries === 20 || (await codeOf(answer)) !== 'BUSY') return answer;
      await sleep(200 + Math.random() * 300);
    }
  }

  async sendOnce(method, path, body, headers = {}) {
    if (path === 'sms-codes' && body?.captcha_id && body.effort === undefined) body = { ...body, effort: effort(body.captcha_id) };
    const json = body !== undefined && !(body instanceof Uint8Array) && typeof body !== 'string';
    const answer = await this.fetch(`${this.base}${path.startsWith('/') ? path : `/api/v1/${path}`}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(this.cookies.size && { cookie: [...this.cookies].map(([k, v]) => `${k}=${v}`).join('; ') }),
        ...(method !== 'GET' && method !== 'HEAD' && { 'x-csrf-token': this.csrf }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      body: json ? JSON.stringify(body) : body,
    });
    for (const line of answer.headers.getSetCookie()) {
      const [pair] = line.split(';');
      const at = pair.indexOf('=');
      this.cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
    return answer;
  }

  /** As send(), with the body parsed; fails unless the status is the expected one. */
  async call(method, path, body, status = 200, headers = {}) {
    const answer = await this.send(method, path, body, headers);
    const text = await answer.text();
    assert.equal(answer.status, status, `${method} ${path}: ${answer.status} ${text}`);
    const parsed = text && /json/.test(answer.headers.get('content-type') ?? '') ? JSON.parse(text) : text;
    if (parsed?.csrf) this.csrf = parsed.csrf;
    return parsed;
  }

  get = (path, status) => this.call('GET', path, undefined, status);
  put = (path, body, status) => this.call('PUT', path, body, status);
  del = (path, status = 204) => this.call('DELETE', path, undefined, status);
  post = (path, body = {}, status = 200, key) => this.call('POST', path, body, status, key && { 'idempotency-key': key });
  /** A creating POST with a fresh Idempotency-Key. */
  create = (path, body, status = 201) => this.post(path, body, status, randomBytes(16).toString('hex'));

  async session() {
    return this.get('session');
  }

  /** {captcha_id, captcha} of a fresh captcha, solved. */
  async captcha() {
    const { id } = await this.post('captchas', undefined, 201);
    return { captcha_id: id, captcha: redis('GET', `captcha:${id}`) };
  }

  /** What comes to a phone as a code once `ask` has asked for it; other messages may come, too. */
  async codeOf(phone, ask) {
    const before = messages(phone).length;
    await ask();
    const text = await until(() => messages(phone).slice(before).find((each) => each.startsWith('验证码')));
    return text.match(/\d{6}/)[0];
  }

  /** Asks for an SMS code and reads it. */
  smsCode = (purpose, phone) =>
    this.codeOf(phone, async () => this.post('sms-codes', { purpose, phone, ...(await this.captcha()) }, 202));

  /** 验证手机号: asks for the code of one's own phone, and gives it; the session. */
  prove(phone = this.phone) {
    const turn = (turns.get(phone) ?? Promise.resolve()).then(async () => {
      sql('UPDATE sms_counted SET at = at - 3600'); // whatever the phone has got so far
      const sms_code = await this.codeOf(phone, async () => this.post('session/proof-code', await this.captcha(), 202));
      return this.post('session/proof', { sms_code });
    });
    turns.set(phone, turn.catch(() => null));
    return turn;
  }

  async loginUnit(account, password) {
    await this.session();
    return this.post('session/unit', { account, password, ...(await this.captcha()) });
  }

  async loginOperator(phone, password) {
    this.phone = phone;
    await this.session();
    return this.post('session/operator', { phone, password, ...(await this.captcha()) });
  }

  async loginOfficer(account, password) {
    await this.session();
    return this.post('session/officer', { account, password, ...(await this.captcha()) });
  }

  tus = (method, path, body, headers = {}) =>
    this.send(method, path, body, {
      'tus-resumable': '1.0.0',
      ...(body !== undefined && { 'content-type': 'application/offset+octet-stream' }),
      ...headers,
    });

  /** Uploads a file piece by piece; the key, or the refusing answer. */
  async upload(slot, file, name = basename(file)) {
    const size = statSync(file).size;
    const made = await this.tus('POST', 'uploads', undefined, {
      'upload-length': String(size),
      'upload-metadata': `slot ${b64(slot)},filename ${b64(name)}`,
    });
    if (made.status !== 201) return made;
    const place = new URL(made.headers.get('location'), this.base).pathname;
    let offset = 0;
    for await (const piece of createReadStream(file, { highWaterMark: PIECE })) {
      const sent = await this.tus('PATCH', place, piece, { 'upload-offset': String(offset) });
      if (sent.status !== 204) return sent;
      offset += piece.length;
    }
    return place.split('/').pop();
  }
}

/** Captchas that are solved already, without asking for their pictures. */
export function solvedCaptchas(count) {
  const ids = Array.from({ length: count }, () => randomBytes(16).toString('hex'));
  execFileSync('redis-cli', ['-s', setting('PORTAL_REDIS_SOCKET'), '--pipe'], {
    input: ids.map((id) => `SET captcha:${id} ACEF EX 300\r\n`).join(''),
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  return ids.map((captcha_id) => ({ captcha_id, captcha: 'ACEF' }));
}

/** A client at another address of the loopback, such as 127.0.1.7. */
export class Elsewhere extends Client {
  constructor(address, base = BASE) {
    super(base);
    this.address = address;
  }

  fetch(url, { method, headers, body }) {
    return new Promise((done, fail) => {
      const asked = request(url.replace('//localhost', '//127.0.0.1'), { method, headers, localAddress: this.address }, (answer) => {
        const parts = [];
        answer.on('data', (part) => parts.push(part));
        answer.on('end', () => done(new Response([204, 304].includes(answer.statusCode) ? null : Buffer.concat(parts), {
          status: answer.statusCode,
          headers: Object.entries(answer.headers).flatMap(([name, value]) => [value].flat().map((each) => [name, each])),
        })));
      });
      asked.on('error', fail);
      asked.end(body);
    });
  }
}

export const b64 = (text) => Buffer.from(text).toString('base64');

/** Texts sent to a phone so far, oldest first. */
export const messages = (phone) => sent().filter((m) => m.phone === phone).map((m) => m.text);

/** Every SMS so far, oldest first: {time, phone, text}. */
export function sent() {
  let log;
  try {
    log = readFileSync(setting('PORTAL_SMS_FILE'), 'utf8');
  } catch {
    return [];
  }
  return log.split('\n').filter(Boolean).map((line) => JSON.parse(line));
}
