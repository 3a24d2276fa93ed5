// Whoever changes the trail with the rights of the database server's own account is found, by the shell
// and on the page; the accounts of the product may not.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { after, before, describe, test } from 'node:test';
import { setting, sql, until, VAR } from './client.mjs';
import { officer, OFFICERS } from './people.mjs';
import { admin as shell } from './staff.mjs';

const keeper = Object.fromEntries(readFileSync(`${VAR}/admin.env`, 'utf8').split('\n').filter((line) => /^PORTAL_DB_ADMIN/.test(line)).map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1).replace(/"/g, '')]));
const run = (user, password, statement) =>
  execFileSync('mariadb', ['--no-defaults', '-S', setting('PORTAL_DB_SOCKET'), '-u', user, '-N', '-B', '--default-character-set=utf8mb4', setting('PORTAL_DB_NAME'), '-e', statement],
    { encoding: 'utf8', stdio: 'pipe', env: { ...process.env, MYSQL_PWD: password } });
const asOwner = (statement) => run(userInfo().username, '', statement); // whoever started the server
const asKeeper = (statement) => run(keeper.PORTAL_DB_ADMIN_USER, keeper.PORTAL_DB_ADMIN_PASSWORD, statement);
/** What `portal admin audit-verify` prints; it ends with 1 when the trail is not whole. */
function verify(...words) {
  try {
    return String(shell(['audit-verify', ...words]));
  } catch (e) {
    assert.equal(e.status, 1);
    return String(e.stdout);
  }
}

let auditor;
let chain;
let rows;
before(async () => {
  auditor = await officer('sj01');
  for (let i = 0; i < 2; i++) await officer('cd01'); // a chain with a beginning, a middle and an end
  const someone = await officer('cd01'); // nobody else's test is him for long
  const [[id]] = sql("SELECT id FROM staff WHERE account = 'cd01'");
  await someone.get('queue');
  rows = sql(`SELECT id, chain, seq FROM audit WHERE user_id = ${id} ORDER BY seq DESC LIMIT 1`);
  [, chain] = rows[0];
  rows = sql(`SELECT id FROM audit WHERE chain = ${chain} ORDER BY seq`).flat();
  assert.match(verify(), /sound$/m);
});
const KEPT = 'audit_kept_by_test';
after(() => asOwner(`INSERT IGNORE INTO audit SELECT * FROM ${KEPT}; DROP TABLE ${KEPT}`));

/** Takes a row away or changes it, runs `then`, and puts it back. */
async function tampered(statement, then) {
  const id = statement.match(/id = (\d+)/)[1];
  asOwner(`CREATE TABLE IF NOT EXISTS ${KEPT} LIKE audit; DELETE FROM ${KEPT}; INSERT INTO ${KEPT} SELECT * FROM audit WHERE id = ${id}; ${statement}`);
  try {
    await then();
  } finally {
    asOwner(`DELETE FROM audit WHERE id = ${id}; INSERT INTO audit SELECT * FROM ${KEPT}`);
  }
}
const checked = async () => {
  const last = (await auditor.get('audit/checks')).items[0]?.id ?? 0;
  await auditor.post('audit/checks', undefined, 202);
  return until(async () => {
    const { running, items } = await auditor.get('audit/checks');
    return !running && items[0]?.id > last && items[0];
  }, 60);
};

describe('a trail that somebody changed', () => {
  const middle = () => rows[Math.floor(rows.length / 2)];
  test('is found in any column, and where', async () => {
    for (const change of ["detail = CONCAT(detail, '.')", "object = 'application/0'", 'user_id = user_id + 16', 'created_at = created_at - 1', "address = '192.0.2.9'", "deed = 'nothing'", 'role = role + 1', "hash = REPEAT('0', 64)"])
      await tampered(`UPDATE audit SET ${change} WHERE id = ${middle()}`, () => assert.match(verify(), new RegExp(`NOT sound: row altered in chain ${chain} `), change));
  });
  test('is found where a row was deleted: in the middle, at the beginning, at the end', async () => {
    for (const [id, what] of [[middle(), /row missing/], [rows[0], /row missing/], [rows.at(-1), /end cut off|row missing/]])
      await tampered(`DELETE FROM audit WHERE id = ${id}`, () => assert.match(verify(), what));
  });
  test('is shown to the 审计员, and stays in what was found before', async () => {
    let found;
    await tampered(`DELETE FROM audit WHERE id = ${middle()}`, async () => {
      found = await checked();
    });
    assert.deepEqual([found.sound, found.fault, found.chain], [false, 'row missing', Number(chain)]);
    const now = await checked();
    assert.equal(now.sound, true);
    assert.equal((await auditor.get('audit/checks')).items.find((each) => each.id === found.id).sound, false);
  });
  test('is whole again once the row is back', () => assert.match(verify(), /sound$/m));
});

/** Signs the ends of the chains now, as `portal jobs` does once a minute. */
const sealed = () => {
  execFileSync(`${process.env.JIERU_BUILD || 'build'}/portal`, ['jobs', '--once'], { stdio: 'pipe', env: { ...process.env, PORTAL_ENV_FILE: `${VAR}/portal.env` } });
  return Number(sql('SELECT COALESCE(MAX(id), 0) FROM audit_seal')[0][0]);
};
const HEADS = setting('PORTAL_AUDIT_HEADS');
const given = () => readFileSync(HEADS, 'utf8').trim().split('\n').filter(Boolean);

describe('ends that are signed by a key the workers lack', () => {
  const SEALS = 'audit_seal_kept_by_test';
  const HEADS_TABLE = 'audit_head_kept_by_test';
  /** Runs `then` while a row is changed and every hash behind it computed anew, as SM3 is anybody's to compute. */
  async function rewritten(then) {
    const all = sql(`SELECT seq, role, user_id, created_at, address, deed, object, detail, hash FROM audit WHERE chain = ${chain} ORDER BY seq`);
    const sm3 = (text) => execFileSync('openssl', ['dgst', '-sm3', '-r'], { input: text, encoding: 'utf8' }).split(' ')[0];
    const bytes = (text) => `${Buffer.byteLength(text)}:${text}`;
    const from = all.length - 2; // the last but one
    let before = from ? all[from - 1][8] : '0'.repeat(64);
    const statements = [];
    for (const [i, row] of all.slice(from).entries()) {
      const [seq, role, user, at, address, deed, object, detail] = row;
      const said = i === 0 ? 'nothing=happened' : detail;
      before = sm3(`${before} ${chain} ${seq} ${role} ${user} ${at} ${bytes(address)}${bytes(deed)}${bytes(object)}${bytes(said)}`);
      statements.push(`UPDATE audit SET detail = '${said}', hash = '${before}' WHERE chain = ${chain} AND seq = ${seq}`);
    }
    asOwner(`CREATE TABLE ${KEPT}_all AS SELECT * FROM audit WHERE chain = ${chain}; CREATE TABLE ${HEADS_TABLE} AS SELECT * FROM audit_head WHERE chain = ${chain}`);
    asOwner(`${statements.join('; ')}; UPDATE audit_head SET hash = '${before}' WHERE chain = ${chain}`);
    try {
      await then();
    } finally {
      asOwner(`REPLACE INTO audit SELECT * FROM ${KEPT}_all; REPLACE INTO audit_head SELECT * FROM ${HEADS_TABLE}; DROP TABLE ${KEPT}_all, ${HEADS_TABLE}`);
    }
  }
  const withoutSeals = async (where, then) => {
    asOwner(`CREATE TABLE ${SEALS} AS SELECT * FROM audit_seal WHERE ${where}; DELETE FROM audit_seal WHERE ${where}`);
    try {
      await then();
    } finally {
      asOwner(`REPLACE INTO audit_seal SELECT * FROM ${SEALS}; DROP TABLE ${SEALS}`);
    }
  };

  test('every seal is given away as a line, and the trail agrees with them', async () => {
    await officer('cd01');
    const last = sealed();
    assert.ok(last > 0);
    const line = given().at(-1);
    assert.match(line, new RegExp(`^jieru-audit 1 seal=${last} at=\\d+ rows=\\d+ ends=[0-9a-f]{64} before=[0-9a-f]{64} sig=[A-Za-z0-9+/]{86}==$`));
    assert.match(verify(), new RegExp(`${last} seals, sound$`, 'm'));
    assert.match(verify('--heads', HEADS), /as given away, sound$/m);
    const before = last;
    assert.equal(sealed(), before, 'nothing new, no seal');
  });
  test('rows that were rewritten with all hashes behind them are found', async () => {
    await officer('cd01');
    const last = sealed();
    await rewritten(async () => {
      assert.match(verify(), new RegExp(`NOT sound: sealed end altered in chain ${chain} `));
      await officer('gz01');
      assert.equal(sealed(), last, 'nothing is signed over it');
    });
    assert.match(verify(), /sound$/m);
    assert.ok(sealed() > last);
  });
  test('so are seals that were taken away with them, changed or made up', async () => {
    await officer('cd01');
    const last = sealed();
    await withoutSeals(`id = ${last}`, async () => {
      assert.match(verify('--heads', HEADS), /NOT sound: seal given away is gone/);
      await officer('gz01');
      sealed();
      assert.equal(sql(`SELECT COUNT(*) FROM audit_seal WHERE id = ${last}`)[0][0], '0', 'none is signed in its place');
    });
    await withoutSeals(`id = ${last - 1}`, () => assert.match(verify(), /NOT sound: seal altered/));
    asOwner(`UPDATE audit_seal SET row_count = row_count + 1 WHERE id = ${last}`);
    assert.match(verify(), /NOT sound: seal forged/);
    asOwner(`UPDATE audit_seal SET row_count = row_count - 1 WHERE id = ${last}`);
    sql(`INSERT INTO audit_seal SELECT id + 1, made_at, row_count, heads, SHA2('x', 256), signature FROM audit_seal WHERE id = ${last}`);
    assert.match(verify(), /NOT sound: seal altered/);
    asOwner(`DELETE FROM audit_seal WHERE id = ${last + 1}`);
    assert.match(verify(), /sound$/m);
  });
  test('a line that is none of ours does not pass', () => {
    const file = `${VAR}/cache/heads-of-test`;
    writeFileSync(file, given().slice(0, -1).join('\n') + `\n${given().at(-1).replace(/rows=\d/, 'rows=9')}\n`);
    assert.match(verify('--heads', file), /NOT sound: seal given away is gone/);
  });
  test('workers add no seal that counts, and change none', () => {
    for (const statement of ['UPDATE audit_seal SET made_at = 1', 'DELETE FROM audit_seal']) assert.throws(() => sql(statement), /denied/, statement);
  });
});

describe('no address changes the trail', () => {
  test('whoever asks, however', async () => {
    const [[id]] = sql('SELECT MAX(id) FROM audit');
    const [[hash]] = sql(`SELECT hash FROM audit WHERE id = ${id}`);
    for (const account of ['xt01', 'aq01', 'sj01', OFFICERS.nation]) {
      const client = await officer(account);
      for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'])
        for (const path of ['audit', `audit/${id}`, 'audit/export', 'audit/checks/1', 'catalogues/audit', `catalogues/audit/${id}`])
          assert.ok([403, 404, 405].includes((await client.send(method, path, { id: 1 })).status), `${account} ${method} ${path}`);
    }
    assert.equal(sql(`SELECT hash FROM audit WHERE id = ${id}`)[0][0], hash);
  });
  test('the workers and `portal admin` may add and read, nothing else; nor set its ends back unseen', () => {
    for (const as of [sql, asKeeper]) for (const statement of ['UPDATE audit SET detail = 1', 'DELETE FROM audit LIMIT 1', 'REPLACE INTO audit SELECT * FROM audit LIMIT 1', 'TRUNCATE audit', 'DROP TABLE audit', 'ALTER TABLE audit ADD x INT', 'CREATE TRIGGER t BEFORE INSERT ON audit FOR EACH ROW SET NEW.detail = 1', 'RENAME TABLE audit TO a', 'DELETE FROM audit_check', 'LOCK TABLES audit WRITE'])
      assert.throws(() => as(statement), /denied/, statement);
    for (const as of [sql, asKeeper]) assert.throws(() => as(`INSERT INTO audit SELECT * FROM audit LIMIT 1 ON DUPLICATE KEY UPDATE detail = ''`), /denied/);
  });
});
