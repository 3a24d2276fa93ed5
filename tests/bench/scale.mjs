// Small and large, side by side: how long each address takes with few and with many applications.
// Environment: SMALL and LARGE, each "name,public address,intranet address,state directory"; see
// tests/bench/scale. The two are asked in turn, so whatever else the machine does meets both.
import { execFileSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';

const ROUNDS = Number(process.env.ROUNDS ?? 600);
const PASSWORD = 'Celiang2026';
const RATIO_MOST = 1.3; // of queue and detail, also when narrowed to a region
const BOUND = ['queue', 'scope', 'certification', 'detail'];
const STATISTICS_MOST = 1000; // ms

const percentile = (list, p) => [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor((list.length * p) / 100))];
const pick = (list) => list[randomInt(list.length)];

/** One installation: clients, and what can be asked of it. */
class Site {
  constructor(words) {
    [this.name, this.base, this.review, this.directory] = words.split(',');
    const settings = readFileSync(`${this.directory}/portal.env`, 'utf8').split('\n');
    this.setting = (name) => settings.find((line) => line.startsWith(`${name}=`)).slice(name.length + 1);
  }
  redis = (...words) => execFileSync('redis-cli', ['-s', this.setting('PORTAL_REDIS_SOCKET'), ...words], { encoding: 'utf8' }).trim();
  sql = (statement) =>
    execFileSync('mariadb', ['--no-defaults', '-S', this.setting('PORTAL_DB_SOCKET'), '-u', this.setting('PORTAL_DB_USER'), '-NB', 'jieru', '-e', statement], {
      encoding: 'utf8',
      env: { ...process.env, MYSQL_PWD: this.setting('PORTAL_DB_PASSWORD') },
    }).split('\n').filter(Boolean).map((line) => line.split('\t'));

  /** The cookie of somebody signed in. */
  async signIn(base, path, form) {
    const jar = new Map();
    const ask = async (method, address, body, csrf) => {
      const answer = await fetch(`${base}/api/v1/${address}`, {
        method,
        headers: { cookie: [...jar].map((pair) => pair.join('=')).join('; '), 'content-type': 'application/json', ...(csrf && { 'x-csrf-token': csrf }) },
        body: body && JSON.stringify(body),
      });
      for (const line of answer.headers.getSetCookie()) jar.set(line.split('=')[0], line.slice(line.indexOf('=') + 1).split(';')[0]);
      if (!answer.ok) throw new Error(`${address}: ${answer.status} ${await answer.text()}`);
      return answer.status === 204 ? {} : answer.json();
    };
    const { csrf } = await ask('GET', 'session');
    const { id } = await ask('POST', 'captchas', undefined, csrf);
    const session = await ask('POST', path, { ...form, captcha_id: id, captcha: this.redis('GET', `captcha:${id}`) }, csrf);
    const cookie = () => [...jar].map((pair) => pair.join('=')).join('; ');
    return { session, cookie, ask: (method, address, body) => ask(method, address, body, session.csrf) };
  }

  /** An officer of each level, the busiest of it, and an operator who has applied. */
  async open() {
    const busiest = (column) =>
      this.sql(`SELECT b.region_code FROM (SELECT ${column} AS id, COUNT(*) AS n FROM (SELECT ${column} FROM application ORDER BY id DESC LIMIT 50000) t
        GROUP BY ${column} ORDER BY n DESC LIMIT 1) m JOIN bureau b ON b.id = m.id`)[0][0];
    this.codes = { nation: '100000', province: busiest('province_bureau'), local: busiest('local_bureau') };
    this.officers = {};
    for (const [level, code] of Object.entries(this.codes))
      this.officers[level] = await this.signIn(this.review, 'session/officer', { account: `b${code}-00`, password: PASSWORD });
    /* who works on one county of the nation's, and of a city's: the busiest of it; and an auditor */
    const [[county]] = this.sql(`SELECT region_code FROM application WHERE id > (SELECT MAX(id) FROM application) - 50000 AND region_code LIKE '${this.codes.local.replace(/0+$/, '')}%'
      GROUP BY region_code ORDER BY COUNT(*) DESC LIMIT 1`);
    for (const [name, like, role, scope] of [['part_nation', '100000', 3, county.slice(0, 2)], ['county_nation', '100000', 3, county], ['county', this.codes.local, 3, county], ['auditor', '100000', 6, '']]) {
      this.sql(`INSERT INTO staff (account, name, phone_sealed, id_sealed, id_index, password, password_at, bureau_id, role, scope, must_change, created_at)
        SELECT 'bench-${name}', name, phone_sealed, id_sealed, SHA2('bench-${name}', 256), password, password_at, bureau_id, ${role}, '${scope}', 0, 0 FROM staff WHERE account = 'b${like}-00'
        ON DUPLICATE KEY UPDATE bureau_id = VALUES(bureau_id), scope = VALUES(scope), password = VALUES(password)`);
      this.officers[name] = await this.signIn(this.review, 'session/officer', { account: `bench-${name}`, password: PASSWORD });
    }
    /* a page of units that wait for the busiest bureau, where there are not as many */
    const waits = `manual_bureau = (SELECT id FROM bureau WHERE region_code = '${this.codes.local}')`;
    const [[waiting]] = this.sql(`SELECT COUNT(*) FROM unit WHERE certification = 3 AND ${waits}`);
    if (Number(waiting) < 25) this.sql(`UPDATE unit SET certification = 3, manual_at = UNIX_TIMESTAMP(), ${waits} WHERE region_code = '${county}' ORDER BY id LIMIT ${25 - waiting}`);
    /* somebody with as many applications as any */
    const [[unit]] = this.sql('SELECT unit_id FROM application a JOIN unit u ON u.id = a.unit_id AND u.certification = 1 WHERE a.id > (SELECT MAX(id) FROM application) - 20000 AND round > 0 GROUP BY unit_id ORDER BY COUNT(*) DESC LIMIT 1');
    this.operator = await this.signIn(this.base, 'session/operator', { phone: String(19000000000 + Number(unit) - 1), password: PASSWORD });
    const { items } = await this.operator.ask('GET', 'session/institutions');
    if (!this.operator.session.institution) await this.operator.ask('PUT', 'session/institution', { institution_id: items[0].id });
    const [[most]] = this.sql('SELECT MAX(id) FROM application');
    this.most = Number(most);
    this.units = Number(this.sql('SELECT MAX(id) FROM unit')[0][0]);
    /* names to search and applications to open: of all times, and of the last days */
    const some = (where) => this.sql(`SELECT number, institution_name, unit_name, local_bureau FROM application WHERE ${where}`);
    const ids = Array.from({ length: 400 }, () => randomInt(1, this.most + 1)).join(',');
    this.any = some(`id IN (${ids}) AND round > 0`);
    this.deep = {};
  }

  async time(who, base, path) {
    const start = performance.now();
    const answer = await fetch(`${base}/api/v1/${path}`, { headers: { cookie: who.cookie() } });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${this.name} ${path}: ${answer.status} ${text}`);
    return { took: performance.now() - start, body: text.startsWith('{') ? JSON.parse(text) : null };
  }

  /** The cursor `pages` pages on, or as far as there are pages. */
  async turn(level, view, pages) {
    let cursor = '';
    for (let i = 0; i < pages; i++) {
      const { body } = await this.time(this.officers[level], this.review, `queue?view=${view}${cursor}`);
      if (!body.next) break;
      cursor = `&cursor=${body.next}`;
    }
    return cursor;
  }
}

/** What is asked: of a site, the who, the base and the path. */
function cases() {
  const officer = (level, path) => (s) => [s.officers[level], s.review, typeof path === 'function' ? path(s) : path];
  const list = [];
  for (const view of ['pending', 'done', 'all'])
    for (const level of ['nation', 'province', 'local']) {
      list.push({ group: 'queue', what: `queue ${view}, ${level}, first page`, of: officer(level, `queue?view=${view}`) });
      list.push({ group: 'queue', what: `queue ${view}, ${level}, page 30 or the last`, of: officer(level, (s) => `queue?view=${view}${s.deep[`${level} ${view}`]}`) });
    }
  for (const level of ['nation', 'province']) list.push({ group: 'queue', what: `queue overdue, ${level}`, of: officer(level, 'queue?view=overdue') });
  for (const view of ['pending', 'all', 'overdue'])
    list.push({ group: 'scope', what: `queue ${view}, nation, of one province`, of: officer('part_nation', `queue?view=${view}`) });
  list.push({ group: 'scope', what: 'queue pending, nation, of one county', of: officer('county_nation', 'queue?view=pending') });
  for (const view of ['pending', 'done', 'all'])
    list.push({ group: 'scope', what: `queue ${view}, local, of one county`, of: officer('county', `queue?view=${view}`) });
  list.push({ group: 'certification', what: '人工认证, local', of: officer('local', 'certifications') });
  list.push({ group: 'counts', what: 'counts of the lists, nation', of: officer('nation', 'queue/counts') });
  list.push({ group: 'counts', what: 'counts of the lists, nation, of one province', of: officer('part_nation', 'queue/counts') });
  list.push({ group: 'search', what: 'search a whole number, nation', of: officer('nation', (s) => `queue?view=all&by=number&search=${pick(s.any)[0]}`) });
  list.push({ group: 'search', what: 'search 4 digits of a number, local', of: officer('local', (s) => `queue?view=all&by=number&search=${pick(s.any)[0].slice(0, 4)}`) });
  list.push({ group: 'search', what: 'search an institution, nation', of: officer('nation', (s) => `queue?view=all&by=institution&search=${encodeURIComponent(pick(s.any)[1])}`) });
  list.push({ group: 'search', what: 'search a unit’s first characters, nation, from disk', of: officer('nation', (s) => `queue?view=all&by=unit&search=${encodeURIComponent(pick(s.any)[2].slice(0, 9))}`) });
  list.push({ group: 'search', again: true, what: 'search a unit’s first characters, nation, asked before', of: officer('nation', (s) => `queue?view=all&by=unit&search=${encodeURIComponent(pick(s.any)[2].slice(0, 9))}`) });
  list.push({ group: 'search', what: 'search a unit, province, among the pending', of: officer('province', (s) => `queue?view=pending&by=unit&search=${encodeURIComponent(pick(s.any)[2])}`) });
  list.push({ group: 'search', what: 'search one character of a unit, province, among the pending', of: officer('province', (s) => `queue?view=pending&by=unit&search=${encodeURIComponent(pick(s.any)[2].slice(0, 1))}`) });
  list.push({ group: 'search', what: 'search a unit, province, among the decided', of: officer('province', (s) => `queue?view=done&by=unit&search=${encodeURIComponent(pick(s.any)[2])}`) });
  list.push({ group: 'detail', what: 'detail from the pending list, local', of: officer('local', (s) => `applications/${pick(s.listed.local)}`) });
  list.push({ group: 'detail', what: 'detail from the pending list, nation', of: officer('nation', (s) => `applications/${pick(s.listed.nation)}`) });
  /* pages nobody has read for long come from the disk; those opened a moment ago do not */
  list.push({ group: 'cold', what: 'detail of any of all times, nation, from disk', of: officer('nation', (s) => `applications/${pick(s.any)[0]}`) });
  list.push({ group: 'detail', again: true, what: 'detail of any of all times, nation, opened before', of: officer('nation', (s) => `applications/${pick(s.any)[0]}`) });
  list.push({ group: 'audit', rounds: 30, what: 'audit, the newest', of: officer('auditor', 'audit') });
  list.push({ group: 'audit', rounds: 30, what: 'audit of one application', of: officer('auditor', (s) => `audit?object=application/${pick(s.any)[0]}`) });
  list.push({ group: 'audit', rounds: 30, what: 'audit of one operator', of: officer('auditor', (s) => `audit?kind=operator&person=${19000000000 + randomInt(s.units)}`) });
  list.push({ group: 'list', what: 'applicant’s list', of: (s) => [s.operator, s.base, 'applications?limit=20'] });
  for (const level of ['nation', 'province', 'local'])
    list.push({ group: 'statistics', what: `statistics of 12 months, ${level}`, rounds: 40, of: officer(level, 'statistics') });
  list.push({ group: 'statistics', what: 'statistics of 12 months of one county', rounds: 40, of: officer('county', 'statistics') });
  list.push({ group: 'statistics', what: 'statistics of 36 months, nation', rounds: 40, of: officer('nation', (s) => `statistics?from=${s.from}`) });
  list.push({ group: 'statistics', what: 'statistics of 12 months as .xlsx, nation', rounds: 10, of: officer('nation', 'statistics/export') });
  return list;
}

const sites = [new Site(process.env.SMALL), new Site(process.env.LARGE)];
for (const s of sites) {
  await s.open();
  for (const view of ['pending', 'done', 'all']) for (const level of ['nation', 'province', 'local']) s.deep[`${level} ${view}`] = await s.turn(level, view, 29);
  s.listed = {};
  for (const level of ['local', 'nation']) {
    const { body } = await s.time(s.officers[level], s.review, 'queue?view=pending');
    s.listed[level] = body.items.map((item) => item.number);
    if (!s.listed[level].length) s.listed[level] = s.any.filter(() => true).map(([number]) => number).slice(0, 20);
  }
  const at = new Date();
  s.from = `${at.getFullYear() - 3}-${String(at.getMonth() + 1).padStart(2, '0')}`;
}
console.log(`machine: ${cpus().length} × ${cpus()[0].model}, ${Math.round(totalmem() / 2 ** 30)} GiB, the generator of load included`);
console.log(`${sites.map((s) => `${s.name}: ${s.most} applications`).join('; ')}; ${ROUNDS} calls of each, the two in turn, one at a time; load before: ${loadavg()[0].toFixed(1)}`);
console.log(`\n| ms | ${sites.map((s) => `${s.name} p50 | ${s.name} p99`).join(' | ')} | p50 × | p99 × |\n|---|---|---|---|---|---|---|`);
let failed = 0;
for (const each of cases().filter(({ what }) => new RegExp(process.env.ONLY ?? '').test(what))) {
  const took = sites.map(() => []);
  for (let i = -5; i < (each.rounds ?? ROUNDS); i++)
    for (const [n, s] of sites.entries()) {
      const asked = each.of(s);
      if (each.again) await s.time(...asked);
      const one = await s.time(...asked);
      if (i >= 0) took[n].push(one.took);
      if (one.body?.items && ['queue', 'scope', 'certification'].includes(each.group)) (each.rows ??= [])[n] = one.body.items.length;
    }
  const [small, large] = took.map((list) => [percentile(list, 50), percentile(list, 99)]);
  const rows = each.rows?.some((n, i) => n !== each.rows[0]) ? ` (${each.rows.join(' and ')} rows)` : '';
  const ratio = [large[0] / small[0], large[1] / small[1]];
  const bad = (BOUND.includes(each.group) && Math.max(...ratio) > RATIO_MOST) || (each.group === 'statistics' && large[1] > STATISTICS_MOST);
  failed += bad;
  console.log(`| ${each.what}${rows}${bad ? ' **(!)**' : ''} | ${[...small, ...large].map((ms) => ms.toFixed(1)).join(' | ')} | ${ratio.map((r) => r.toFixed(2)).join(' | ')} |`);
}
console.log(`\nload after: ${loadavg()[0].toFixed(1)}`);
console.log(`${failed ? `${failed} beyond ${RATIO_MOST} × (queue, detail) or 1 s (statistics)` : `queue and detail within ${RATIO_MOST} ×, statistics within 1 s`}`);
process.exitCode = failed ? 1 : 0;
