// `portal admin keyring rotate` while people use the program, killed and begun again.
import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { before, test } from 'node:test';
import { keysOf } from './channel.mjs';
import { copies, detail, ready, SAMPLES, sheet, submitted } from './cases.mjs';
import { Client, messages, sleep, sql, until } from './client.mjs';
import { admin, adminKilled, databaseDump, indexKeysIn, keysIn, retiredOf, sealedAs } from './keyring.mjs';
import { everyDesk, operatorForm, passChain, readyOperator } from './people.mjs';

let who;
let number;
let keys;
let publicKey;
const officers = {};

before(async () => {
  // other tests leave SMS whose text was never sealed; a rotation rightly stops at them
  sql("DELETE FROM sms_message WHERE phone_sealed NOT LIKE '1:%' OR text_sealed NOT LIKE '1:%' OR arguments_sealed NOT LIKE '1:%'");
  Object.assign(officers, await everyDesk());
  who = await readyOperator('hospital', SAMPLES);
  number = await submitted(who, 'hospital', 'mixed');
  await passChain(officers, number);
  keys = await keysOf(who.client, sheet(await ready(who, number, 'test'), 'test', 'payment').url);
  publicKey = (await new Client().get('verify/key')).public_key;
  // enough rows for several batches, so that a rotation can be killed within them
  copies(number, Array.from({ length: 3000 }, (_, i) => `换钥${i}`));
  const ids = sql("SELECT id FROM application WHERE shown_app_name LIKE '换钥%'").flat();
  for (let i = 0; i < ids.length; i += 300)
    sql(ids.slice(i, i + 300).map((id) => `UPDATE application SET contact_phone_sealed = '${sealedAs('keyring', 'application.contact_phone', id, '020-81234567')}' WHERE id = ${id}`).join(';'));
});

/** What a visitor does: log in by phone (index), read masked numbers, save a draft (seals), read a sheet, register. */
async function visit() {
  const client = new Client();
  await client.loginOperator(who.operator.phone, who.operator.password);
  const unit = await client.get('unit');
  assert.match(unit.legal_phone, /^1\d\d\*+\d{4}$/);
  const { number: draft, version } = await client.create('applications', { business_type: 'mixed', contact_name: '孙联系', contact_phone: '020-81234567' });
  await client.put(`applications/${draft}`, { business_type: 'mixed', contact_name: '孙联系', contact_phone: '020-81234568', version });
  assert.equal((await client.get(`applications/${draft}`)).answers.contact_phone, '020-81234568');
  await client.del(`applications/${draft}`);
  const { url } = sheet(await client.get(`applications/${number}`), 'test', 'payment');
  // a code that was on its way when its key went out of use is asked for again
  assert.deepEqual(await keysOf(client, url).catch(() => keysOf(client, url)), keys);
}

const sealedWith = (ids) => [...databaseDump().toString('latin1').matchAll(/'1:(\d+):[A-Za-z0-9+\/]{37,}=*'/g)].filter((m) => ids.includes(Number(m[1]))).length;

test('a value copied to another row does not open there: not a person’s, not a key', async () => {
  const other = await readyOperator('hospital', SAMPLES);
  const swapped = async (table, column, from, to, then) => {
    const [[own]] = sql(`SELECT ${column} FROM ${table} WHERE ${to}`);
    sql(`UPDATE ${table} t JOIN (SELECT ${column} AS taken FROM ${table} WHERE ${from}) o SET t.${column} = o.taken WHERE t.${to}`);
    try {
      await then();
    } finally {
      sql(`UPDATE ${table} SET ${column} = '${own}' WHERE ${to}`);
    }
  };
  await swapped('unit', 'legal_phone_sealed', `account = '${who.unit.account}'`, `account = '${other.unit.account}'`, async () => {
    await other.unitClient.get('unit', 500);
    await who.unitClient.get('unit');
  });
  await other.unitClient.get('unit');
  const id = (client) => client.get('operators').then(({ items }) => sql(`SELECT operator_id FROM unit_operator WHERE id = ${items[0].id}`)[0][0]);
  const [his, hers] = [await id(who.unitClient), await id(other.unitClient)];
  await swapped('operator', 'phone_sealed', `id = ${his}`, `id = ${hers}`, () => other.client.get('session', 500));
  const officer = officers.local;
  assert.ok(officer);
  const copied = await submitted(other, 'hospital', 'mixed');
  await passChain(officers, copied);
  const url = sheet(await ready(other, copied, 'test'), 'test', 'payment').url;
  const application = (of) => sql(`SELECT id FROM application WHERE number = '${of}'`)[0][0];
  await swapped('credential', 'secret_sealed', `application_id = ${application(number)}`, `application_id = ${application(copied)}`, () => other.client.get(url.replace('/api/v1/', ''), 500));
});

test('rotated under load, killed at random, finished by the next call; nothing is lost', async () => {
  const [from, vaultFrom] = [keysIn('keyring').at(-1), keysIn('vault').at(-1)];
  assert.ok(sealedWith([from, vaultFrom]) > 3000);
  let going = true;
  let visits = 0;
  const people = Promise.all(
    Array.from({ length: 2 }, async () => {
      while (going) {
        await visit();
        visits++;
      }
    }),
  );
  let killed = 0;
  for (let i = 0; i < 6; i++) killed += (await adminKilled(randomInt(20, 250), 'keyring', 'rotate', '--now')).signal === 'SIGKILL';
  const end = await admin('keyring', 'rotate', '--now');
  assert.equal(end.code, 0, end.out);
  await sleep(300);
  going = false;
  await people;
  assert.ok(killed > 0 && visits > 1, `${killed} killed, ${visits} visits`);
  const [to, vaultTo] = [keysIn('keyring'), keysIn('vault')];
  assert.ok(to.length === 1 && to[0] > from && vaultTo.length === 1 && vaultTo[0] > vaultFrom, `${to} ${vaultTo}`);
  assert.ok(retiredOf('keyring') > 0 && retiredOf('vault') > 0);
  await visit();
  assert.equal((await new Client().get('verify/key')).public_key, publicKey);
  const old = Array.from({ length: 60 }, (_, i) => i).filter((id) => id !== to[0] && id !== vaultTo[0]);
  assert.equal(sealedWith(old), 0, 'a value still carries an older key');
  assert.ok(sealedWith([to[0]]) > 3000);
  sql(`DELETE FROM application WHERE shown_app_name LIKE '换钥%'`);
});

test('a value is what it was: every sealed column opens with the new key', async () => {
  // a second rotation opens each value with its column's purpose, or fails
  const end = await admin('keyring', 'rotate', '--now');
  assert.equal(end.code, 0, end.out);
  assert.deepEqual([keysIn('keyring').length, keysIn('vault').length], [1, 1]);
  await visit();
});

/** Two units invite one phone, and its person comes with both passwords at the same moment; how many accounts it made. */
async function sameByTwo(units) {
  const { password, password2, sms_code, ...person } = operatorForm();
  for (const client of units) await client.create('operators', person);
  await until(() => messages(person.phone).length === 2);
  const secrets = messages(person.phone).map((text) => text.match(/密码 (\w{12})/)[1]);
  const said = await Promise.all(
    secrets.map(async (secret) => {
      const client = new Client();
      await client.session();
      return (await client.send('POST', 'session/operator', { phone: person.phone, password: secret, ...(await client.captcha()) })).status;
    }),
  );
  assert.ok(said.every((status) => [200, 401, 409].includes(status)), String(said));
  return said.includes(200) ? 1 : 0;
}

const indexes = () => new Map(sql('SELECT id, phone_index FROM operator'));

test('the key of the index is exchanged while people log in and register, killed at random; a phone stays one person', async () => {
  const other = await readyOperator('hospital', SAMPLES);
  const before = indexes();
  let going = true;
  let [added, asked] = [0, 0];
  const adders = (async () => {
    for (; going; asked++, await sleep(100)) added += await sameByTwo([who.unitClient, other.unitClient]);
  })();
  const visitors = (async () => {
    for (; going; await sleep(50)) await new Client().loginOperator(who.operator.phone, who.operator.password);
  })();
  let killed = 0;
  for (let i = 0; i < 5 || (asked < 4 && i < 50); i++) killed += (await adminKilled(randomInt(10, 1200), 'keyring', 'rotate', '--ring', 'index')).signal === 'SIGKILL';
  const end = await admin('keyring', 'rotate', '--ring', 'index');
  assert.equal(end.code, 0, end.out);
  await sleep(200);
  going = false;
  await Promise.all([adders, visitors]);
  assert.deepEqual(indexKeysIn(), ['index']);
  assert.ok(killed > 0 && asked > 3, `${killed} killed, ${asked} added`);
  const after = indexes();
  assert.equal(after.size, before.size + added, 'somebody stands in the table twice, or not at all');
  for (const [id, index] of before) assert.notEqual(after.get(id), index, `operator ${id} has its former index`);
  await visit();
});

test('personal fields: the older key stays while sessions may hold its values; the next call goes on', async () => {
  const begun = new Client();
  await begun.session();
  const first = await admin('keyring', 'rotate', '--ring', 'keyring');
  assert.equal(first.code, 0, first.out);
  assert.match(first.out, /sessions may hold values/);
  assert.equal(keysIn('keyring').length, 2);
  await visit();
  const again = await admin('keyring', 'rotate', '--ring', 'keyring');
  assert.equal(keysIn('keyring').length, 2, 'it added another one');
  assert.equal(again.code, 0);
  assert.equal((await admin('keyring', 'rotate', '--ring', 'keyring', '--now')).code, 0);
  assert.equal(keysIn('keyring').length, 1);
});

test('one at a time, and only as it is written', async () => {
  const [one, two] = await Promise.all([admin('keyring', 'rotate', '--ring', 'vault'), admin('keyring', 'rotate', '--ring', 'vault')]);
  assert.equal([one, two].filter((x) => x.code === 0).length >= 1, true, one.out + two.out);
  assert.equal((await admin('keyring', 'turn')).code, 1);
  assert.equal((await admin('keyring', 'rotate', '--ring', 'ring')).code, 1);
});

test('it is in the audit', async () => {
  const rows = sql("SELECT deed, object FROM audit WHERE object IN ('keyring/vault', 'keyring/keyring', 'keyring/index') ORDER BY seq DESC LIMIT 20");
  assert.ok(rows.some(([deed, object]) => deed === 'keyring.retire' && object === 'keyring/vault'));
  assert.ok(rows.some(([deed, object]) => deed === 'keyring.rotate' && object === 'keyring/keyring'));
  assert.ok(rows.some(([deed, object]) => deed === 'keyring.retire' && object === 'keyring/index'));
});
