// A scanner's pass over every address of both sites: each parameter of path, query, JSON, headers
// and cookies with what means something to somebody else (scan.mjs). No answer is a 5xx, slow,
// without its headers, or tells of our insides. A part of it, another each day; with LONG=1 all.
import assert from 'node:assert/strict';
import { randomBytes, randomInt } from 'node:crypto';
import { before, describe, test } from 'node:test';
import { SAMPLES } from './cases.mjs';
import { BASE, Client, redis, REVIEW, solvedCaptchas, sql } from './client.mjs';
import { officer, readyOperator } from './people.mjs';
import { ask, BODIES, fine, HEADERS, METHODS, raw, RAW, TEXTS, TYPES, VALUES, wrong } from './scan.mjs';

const { LONG } = process.env;
const AT_ONCE = 8;
/** What ends or changes the sessions the scan goes on with. */
const ENDS = new Set(['DELETE /api/v1/session', 'DELETE /api/v1/sessions', 'PUT /api/v1/session/password']);

/** So many of them, others each time. */
const some = (list, count) => (LONG || count >= list.length ? list : Array.from({ length: count }, () => list[randomInt(list.length)]));

const forgetRates = () => redis('EVAL', "for _, k in ipairs(redis.call('KEYS', 'rate*')) do redis.call('DEL', k) end return 1", '0');

const sites = {};
before(async () => {
  const own = await readyOperator('hospital', SAMPLES);
  sites.public = { base: BASE, cookie: 'jieru', people: [own.client, own.unitClient] };
  sites.review = { base: REVIEW, cookie: 'jieru_review', people: [await officer('gz02'), await officer('xt01'), await officer('aq01'), await officer('sj01')] };
  for (const site of Object.values(sites)) {
    const { paths, components } = await new Client(site.base).get('openapi.json');
    site.routes = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { summary, requestBody }]) => {
        const name = requestBody?.content['application/json']?.schema.$ref?.split('/').pop();
        const [, query = ''] = summary.split('?');
        return { method: method.toUpperCase(), path, form: components.schemas[name], query: [...query.matchAll(/(\w+)=/g)].map(([, each]) => each) };
      }),
    );
    site.paths = Object.keys(paths);
  }
});

const headersOf = (client, more = {}) => ({
  cookie: [...client.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
  'x-csrf-token': client.csrf,
  'content-type': 'application/json',
  'idempotency-key': randomBytes(16).toString('hex'),
  ...more,
});
/** A path with something in each of its placeholders. */
const filled = (path) => path.replace(/\{key\}/g, '0'.repeat(32)).replace(/\{id\}/g, '999999999').replace(/\{word2?\}/g, 'test');

/** Whoever of these people may use the route: the others are told 401 or 403 before anything is looked at. */
async function userOf(site, route) {
  for (const client of site.people) {
    const answer = await ask(site.base, route.method, filled(route.path), headersOf(client), route.method === 'GET' ? undefined : '{}');
    if (![401, 403].includes(answer.status)) return client;
  }
  return site.people[0];
}

/** All of these requests; what was wrong, in a few words. */
async function sweep(requests) {
  const found = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      while (next < requests.length) {
        const at = next++;
        if (at % 24 === 0) forgetRates();
        const { site, method, path, headers, body, what, sent } = requests[at];
        const complaint = wrong(await ask(site.base, method, path, headers, body), sent);
        if (complaint) found.push(`${method} ${path.slice(0, 100)} ${what}: ${complaint}`);
      }
    }),
  );
  assert.deepEqual(found.slice(0, 20), [], `${found.length} of ${requests.length}`);
  return requests.length;
}

const captchas = (form) => (form?.properties.captcha_id ? solvedCaptchas(1)[0] : {});
const json = (members) => `{${Object.entries(members).map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join()}`;
const joined = (...parts) => Buffer.concat(parts.map((part) => Buffer.from(part)));

/** One route with hostile parameters. */
async function attacks(site, route) {
  const client = await userOf(site, route);
  const at = (more) => ({ site, method: route.method, path: filled(route.path), headers: headersOf(client), body: route.form ? '{}' : undefined, ...more });
  const list = [];
  for (const mark of route.path.match(/\{\w+\}/g) ?? [])
    for (const text of some(TEXTS, 3)) list.push(at({ path: filled(route.path.replace(mark, encodeURIComponent(text))), what: mark, sent: text }));
  for (const name of [...route.query, ...some(['x', 'id', 'limit', 'cursor'], 1)])
    for (const text of some(TEXTS, 3)) list.push(at({ path: `${filled(route.path)}?${name}=${encodeURIComponent(text)}`, what: name, sent: text }));
  for (const broken of some(['%', '%zz', '%ff', '%c0%af', '%ed%a0%80', '%00', '&&&=', '=', 'a[]=1&a[b]=2', 'a=1&a=2', Array(200).fill('a=1').join('&')], 1))
    list.push(at({ path: `${filled(route.path)}?${broken}`, what: 'query', sent: broken }));
  for (const name of Object.keys(route.form?.properties ?? {})) {
    const rest = { ...captchas(route.form) };
    delete rest[name];
    const start = `${json(rest)}${Object.keys(rest).length ? ',' : ''}${JSON.stringify(name)}:`;
    for (const text of some(TEXTS, 2)) list.push(at({ body: `${start}${JSON.stringify(text)}}`, what: name, sent: text }));
    for (const value of some(VALUES, 2)) list.push(at({ body: joined(start, value, '}'), what: `${name} as ${value.toString().slice(0, 20)}`, sent: '' }));
  }
  for (const body of route.method === 'GET' ? [] : some(BODIES, 2)) list.push(at({ body, what: `the body ${body.toString().slice(0, 20)}`, sent: '' }));
  for (const type of some(TYPES, 1)) list.push(at({ headers: headersOf(client, { 'content-type': type }), what: type, sent: type }));
  const bytes = TEXTS.map((text) => Buffer.from(text.slice(0, 500)).toString('latin1').replace(/[^\t\x20-\x7e\x80-\xff]/g, ' '));
  for (const name of some(HEADERS, 2)) for (const text of Array.from({ length: LONG ? 6 : 1 }, () => bytes[randomInt(bytes.length)])) list.push(at({ headers: headersOf(client, { [name]: text }), what: name, sent: text }));
  for (const text of some(bytes, 1)) list.push(at({ headers: headersOf(client, { cookie: `${site.cookie}=${text}; ${site.cookie}_device=${text}` }), what: 'cookies', sent: text }));
  return list;
}

for (const name of ['public', 'review'])
  describe(`the ${name} site`, () => {
    test('hostile parameters of every address', async (t) => {
      const site = sites[name];
      const list = [];
      for (const route of site.routes) {
        forgetRates();
        if (!ENDS.has(`${route.method} ${route.path}`)) list.push(...(await attacks(site, route)));
      }
      t.diagnostic(`${await sweep(list)} requests`);
      for (const client of site.people) assert.notEqual((await client.session()).kind, 'none');
    });

    test('methods an address does not have', async (t) => {
      const site = sites[name];
      const list = site.paths.flatMap((path) =>
        some(METHODS, 2).filter((method) => !site.routes.some((route) => route.path === path && route.method === method))
          .map((method) => ({ site, method, path: filled(path), headers: headersOf(site.people[0]), body: ['GET', 'HEAD', 'OPTIONS'].includes(method) ? undefined : '{}', what: method, sent: '' })),
      );
      t.diagnostic(`${await sweep(list)} requests`);
      for (const { method, path, headers, body } of some(list, 20)) {
        const answer = await ask(site.base, method, path, headers, body);
        assert.ok([404, 405].includes(answer.status), `${method} ${path}: ${answer.status}`);
        if (answer.status === 405) assert.ok(answer.headers.allow);
      }
    });

    test('what no client of ours would write', async () => {
      const { base } = sites[name];
      for (const [what, bytes, status] of RAW) {
        const { status: got, head, text } = await raw(base, bytes);
        assert.equal(got, status, `${what}: ${head} ${text}`);
        const headers = Object.fromEntries(head.split('\r\n').slice(1).map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)]));
        if (got >= 400) fine({ status: got, headers: { ...headers, 'content-type': headers['content-type']?.replace(/;.*/, '') }, text, ms: 0 });
        assert.doesNotMatch(text, got === 200 ? /evil|root:x:/ : /evil|root:x:|<html/, what);
      }
    });
  });

test('an unsafe method needs the token of its session, from a page of ours', async () => {
  for (const [name, site] of Object.entries(sites)) {
    const [one] = site.people;
    const other = new Client(site.base);
    await other.session();
    const bad = [{ 'x-csrf-token': '' }, { 'x-csrf-token': other.csrf }, { 'x-csrf-token': `${one.csrf}0` }, { 'x-csrf-token': one.csrf.toUpperCase() + '\u00e9' },
      { origin: 'http://evil.example' }, { origin: 'null' }, { origin: `${site.base}.evil.example` }, { origin: `${site.base}/` }, { 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }, { 'sec-fetch-site': 'none' }];
    forgetRates();
    for (const route of site.routes.filter(({ method }) => !['GET', 'HEAD', 'OPTIONS'].includes(method))) {
      if (/\/(verify|sandbox\/\{word\})$/.test(route.path)) continue; // they know no session
      const client = ENDS.has(`${route.method} ${route.path}`) ? one : await userOf(site, route);
      for (const each of LONG ? bad : [bad[0], bad[1], ...some(bad, 1)]) {
        const answer = await ask(site.base, route.method, filled(route.path), headersOf(client, each), route.form ? '{}' : undefined);
        const place = `${name} ${route.method} ${route.path} ${JSON.stringify(each)}`;
        assert.ok([401, 403].includes(answer.status), `${place}: ${answer.status}`);
        assert.match(answer.text, /"code":"(CSRF|FORBIDDEN|UNAUTHENTICATED)"/, place);
      }
      forgetRates();
    }
  }
});

test('a form of another site cannot be sent here: only JSON is read', async () => {
  const [client] = sites.public.people;
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data', ''])
    assert.equal((await ask(BASE, 'POST', '/api/v1/registration/unit', headersOf(client, { 'content-type': type }), '{"account":"a"}')).status, 415);
});

test('what a balancer would say of the visitor counts only when it is one', async () => {
  const client = new Client();
  await client.session();
  const place = { 'x-forwarded-for': '203.0.113.77', 'x-real-ip': '203.0.113.77', forwarded: 'for=203.0.113.77' };
  await ask(BASE, 'POST', '/api/v1/session/unit', headersOf(client, place), JSON.stringify({ account: `nobody${randomInt(1e9)}`, password: 'Wrong2026x', ...solvedCaptchas(1)[0] }));
  assert.deepEqual(sql("SELECT id FROM audit WHERE address = '203.0.113.77'"), []);
  assert.equal(redis('--scan', '--pattern', 'rate*203.0.113.77*'), '');
});

test('a text that is cut where it is kept is not cut within a character', async () => {
  const auditor = sites.review.people.at(-1);
  for (const name of ['object', 'deed', 'address']) for (let i = 0; i < 4; i++) await auditor.get(`audit?${name}=${'a'.repeat(i)}${encodeURIComponent('ﷺ'.repeat(100))}`);
});

test('what was typed comes back as it was typed, as text', async () => {
  const { people: [client] } = sites.public;
  const texts = TEXTS.filter((text) => text.trim() === text && text.length > 1 && text.length < 200 && !/[\u0000-\u001f\u007f\u0085\u2028\u2029\ufffe\uffff\u200b-\u200d\ufeff\u202a-\u202e\u2066-\u2069]/.test(text));
  for (const text of some(texts, 10)) {
    const { number } = await client.create('applications', { business_type: 'mixed', contact_name: text.slice(0, 50), remark: text });
    const answer = await client.send('GET', `applications/${number}`);
    assert.equal(answer.headers.get('content-type'), 'application/json');
    const seen = JSON.parse(await answer.text()).answers;
    assert.equal(seen.remark, text);
    assert.equal(seen.contact_name, text.slice(0, 50).trim());
    await client.del(`applications/${number}`);
  }
});
