// Whoever changes the trail with the rights of the database server's own account is found, by the shell
// and on the page; the accounts of the product may not.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
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
function verify() {
  try {
    return String(shell(['audit-verify']));
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
