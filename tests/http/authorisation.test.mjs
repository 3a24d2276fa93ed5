// Every route of both sites × every role, on an object of theirs, somebody else's and none at all.
// What is expected stands in authorisation/*.tsv, one row per route; a route without a row fails.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { before, describe, test } from 'node:test';
import { SAMPLES, submitted } from './cases.mjs';
import { BASE, Client, REVIEW, sql } from './client.mjs';
import { joined, newcomer, OFFICERS, officer, phone, readyOperator, register, uscc } from './people.mjs';

const NO_KEY = '0'.repeat(32);
const NO_ID = '999999999';
const REGION = '440103'; // of all objects

/** A table: its roles, and its rows as {method, path, body, expected: {role: status}}. */
function table(site) {
  const lines = readFileSync(new URL(`authorisation/${site}.tsv`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line && !line.startsWith('#'));
  const roles = lines[0].split('\t').slice(3);
  const rows = lines.slice(1).map((line) => {
    const [method, path, body, ...statuses] = line.split('\t');
    return { method, path, body, expected: Object.fromEntries(roles.map((role, i) => [role, Number(statuses[i])])) };
  });
  return { roles, rows };
}

/** Somebody's session, carried to the other site under that site's cookie. */
function carried(client, site, name) {
  const other = new Client(site);
  other.cookies.set(name, [...client.cookies.values()][0]);
  other.csrf = client.csrf;
  return other;
}

/** An account of the administration, beside gz01 and with the same password; signed in. */
async function administrator(role) {
  const account = `a${randomBytes(6).toString('hex')}`;
  sql(`INSERT INTO staff (account, name, password, bureau_id, role, must_change, created_at)
       SELECT '${account}', '管理员', password, bureau_id, ${role}, 0, created_at FROM staff WHERE account = '${OFFICERS.local}'`);
  return officer(account);
}

/** Somebody like this officer who works on some regions of the bureau only, by their first digits; signed in. */
async function scoped(like, scope) {
  const account = `s${randomBytes(6).toString('hex')}`;
  sql(`INSERT INTO staff (account, name, password, bureau_id, role, scope, may_download, must_change, created_at)
       SELECT '${account}', '审核员', password, bureau_id, role, '${scope}', may_download, 0, created_at FROM staff WHERE account = '${like}'`);
  return officer(account);
}

async function operatorSession(person) {
  const client = new Client();
  await client.loginOperator(person.operator.phone, person.operator.password);
  return client;
}

/** Binds another unit's operator to this one, without any grant; who it is. */
async function bind(who) {
  const person = await register('hospital', uscc());
  await joined(who.unitClient, person.operator, await operatorSession(person));
  return person;
}

/** Two units ask the operator to be theirs; their invitations. */
async function invitations(who) {
  const units = [await readyOperator('hospital', SAMPLES), await readyOperator('hospital', SAMPLES)];
  const made = [];
  for (const unit of units) made.push((await unit.unitClient.create('operators', { phone: who.operator.phone })).id);
  return made;
}

/** A unit the catalogue does not know, which asked its bureau for 人工认证; its id. */
async function petitioner() {
  const { unit } = await register('hospital', uscc());
  const client = new Client();
  await client.loginUnit(unit.account, unit.password);
  const business_licence = await client.upload('business_licence', `${SAMPLES}/营业执照.jpg`);
  await client.post('unit/certification', { business_licence });
  await client.post('unit/certification/manual');
  return (await client.get('session')).unit.id;
}

/** A job that waits for an attempt far away, and a notice that was given up. */
function failures() {
  const far = Math.floor(Date.now() / 1000) + 86400;
  sql(`INSERT INTO job (kind, subject, attempts, run_at, note, created_at) VALUES ('nothing', 0, 1, ${far}, 'AWAY', 0)`);
  sql(`INSERT INTO sms_message (template, phone_sealed, text_sealed, state, created_at) VALUES ('PASSED_ON', 'x', 'x', 3, 0)`);
  return { job: Number(sql('SELECT MAX(id) FROM job')[0][0]), sms: Number(sql('SELECT MAX(id) FROM sms_message')[0][0]) };
}

/** A file of the catalogue that was taken over. */
function imported() {
  sql("INSERT INTO import (code, file, state, created_at) VALUES (LOWER(HEX(RANDOM_BYTES(16))), 'x.csv', 4, 0)");
  return Number(sql('SELECT MAX(id) FROM import')[0][0]);
}

/** Rows of the tables the administration keeps, and an account of the staff nobody works with. */
async function kept() {
  const client = await administrator(4);
  const day = { starts: '2020-01-01', ends: '2020-01-02', active: true };
  const { id } = await client.post('catalogues/announcements', { title: '测试公告', body: '测试公告正文', ...day }, 201);
  const first = async (path) => (await client.get(`catalogues/${path}`)).items[0].id;
  await administrator(3);
  return {
    announcement_row: id,
    bureau_row: await first('bureaus'),
    region_row: await first('regions'),
    channel_row: await first('official-channels'),
    dictionary_row: await first('dictionaries'),
    ...failures(),
    import_file: imported(),
    account: Number(sql('SELECT MAX(id) FROM staff')[0][0]),
  };
}

const clients = {};
let filer; // who filed the object
/** The objects of the first unit, which the placeholders of a path or a body name. */
const objects = {};

before(async () => {
  const own = await readyOperator('hospital', SAMPLES);
  const stranger = await readyOperator('hospital', SAMPLES);
  const colleague = await operatorSession(await bind(own));
  const { id: binding } = (await newcomer(own.unitClient)).binding;
  const { id: invitation } = await own.unitClient.create('operators', { phone: phone() });
  const [asked, again] = await invitations(own);
  const number = await submitted(own, 'hospital', 'mixed');
  const seen = await own.client.get(`applications/${number}`);
  const session = await own.client.get('session');
  await colleague.put('session/chosen-unit', { unit_id: session.unit.id });
  const { id: captcha } = await own.client.post('captchas', undefined, 201);
  clients.public = {
    anonymous: new Client(),
    operator_other: stranger.client,
    unit_other: stranger.unitClient,
    officer_cookie: carried(await officer(OFFICERS.local), BASE, 'jieru'),
    operator_bare: colleague,
    unit: own.unitClient,
    operator: own.client,
  };
  clients.review = {
    anonymous: new Client(REVIEW),
    operator_cookie: null, // signed in when it is needed: on the public site the operator ends all other sessions
    local_other: await officer('cd01'),
    province_other: await officer('sc01'),
    sysadmin: await administrator(4),
    secadmin: await administrator(5),
    auditor: await administrator(6),
    nation: await officer(OFFICERS.nation),
    province: await officer(OFFICERS.province),
    local: await officer(OFFICERS.local),
    local_inside: await scoped(OFFICERS.local, REGION),
    local_outside: await scoped(OFFICERS.local, '440106'),
    province_outside: await scoped(OFFICERS.province, '4403'),
    nation_outside: await scoped(OFFICERS.nation, '45'),
  };
  for (const site of Object.values(clients)) await site.anonymous.session();
  filer = own;
  Object.assign(objects, {
    application: number,
    upload: seen.files.application_letter.id,
    captcha,
    binding,
    invitation,
    asked,
    again,
    unit: session.unit.id,
    institution: session.institution.id,
    petition: await petitioner(),
    template: (await clients.review.local.create('opinion-templates', { title: '缺章', text: '请补盖公章' })).id,
    filter: (await clients.review.local.create('queue/filters', { name: '药店', query: 'kind=pharmacy' })).id,
    ...(await kept()),
  });
});

const filled = (text, named) => text.replace(/<(\w+)>/g, (_, name) => named[name] ?? assert.fail(`no object ${name}`));

/** One request as the row says it; its status and its body without the number of the request. */
async function ask(client, row, named) {
  const uploading = row.path.includes('/uploads');
  const body = row.body ? filled(row.body, named) : undefined;
  const answer = await client.send(row.method, filled(row.path, named), body, {
    'idempotency-key': randomBytes(16).toString('hex'),
    ...(uploading && { 'tus-resumable': '1.0.0', 'upload-offset': '0' }),
    ...(row.method === 'PATCH' && { 'content-type': 'application/offset+octet-stream' }),
  });
  const text = (await answer.text()).replace(/"request": ?"[^"]*"/, '');
  client.csrf = text.match(/"csrf": ?"(\w+)"/)?.[1] ?? client.csrf; // choosing a unit renews the session
  return { status: answer.status, text };
}

/** Objects the database counts stand in paths as {id}, the others as {key}. */
const numbered = (name) => typeof objects[name] === 'number';

/** The path as OpenAPI writes it: <upload> is a {key}, <binding> an {id}. */
const pattern = (path) =>
  path.replace(/<(\w+)>/g, (_, name) => (numbered(name) ? '{id}' : '{key}')).replace(/\?.*/, '');

/** Does the row's path match that of OpenAPI? Words, and keys that name no object, stand in the table as they are. */
const matches = (row, path) =>
  new RegExp(`^${path.replace(/[.]/g, '\\.').replace(/\{word2?\}/g, '[a-z-]+').replace(/\{key\}/g, '(?:\\{key\\}|[0-9a-f]{32})').replace(/\{id\}/g, '(?:\\{id\\}|[0-9]+)')}$`).test(pattern(row.path));

for (const site of ['public', 'review']) {
  const { roles, rows } = table(site);
  describe(`${site} site`, () => {
    before(async () => {
      if (site === 'review') clients.review.operator_cookie = carried(await operatorSession(filer), REVIEW, 'jieru_review');
    });
    test('every route has its row, and every row its route', async () => {
      const { paths } = await new Client(site === 'public' ? BASE : REVIEW).get('openapi.json');
      const routes = Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods).map((method) => [method.toUpperCase(), path]));
      const rowsOf = ([method, path]) => rows.filter((row) => row.method === method && matches(row, path)).length;
      assert.deepEqual(routes.filter((route) => rowsOf(route) !== 1).map((route) => route.join(' ')), [], 'without a row, or with two');
      assert.equal(rows.length, routes.length, 'a row has no route');
      assert.deepEqual([...roles].sort(), Object.keys(clients[site]).sort());
    });
    for (const row of rows)
      test(`${row.method} ${row.path}`, async () => {
        const object = /<\w+>/.test(row.path + row.body);
        const none = new Proxy({}, { get: (_, name) => (numbered(name) ? NO_ID : NO_KEY) });
        const got = {};
        for (const role of roles) {
          const absent = object && (await ask(clients[site][role], row, none));
          const answer = await ask(clients[site][role], row, objects);
          got[role] = answer.status;
          if (!object) continue;
          if ([401, 403, 404].includes(row.expected[role])) assert.deepEqual(absent, answer, `${role}: a foreign object differs from an absent one`);
          else assert.equal(absent.status, 404, `${role}: an absent object`);
        }
        assert.deepEqual(got, row.expected);
      });
  });
}
