// Sessions across workers: what ended stays ended, whatever Redis remembers (M-1, A-17, OP-16).
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { SAMPLES } from './cases.mjs';
import { Client, redis, sql } from './client.mjs';
import { PASSWORD, readyOperator, register, uscc } from './people.mjs';

describe('signing in', () => {
  test('shows the last time and address, and the sessions, which one may end', async () => {
    const { unit } = await register('hospital', uscc());
    const mine = new Client();
    assert.equal((await mine.loginUnit(unit.account, PASSWORD)).last_login, null);
    const others = [new Client(), new Client(), new Client()];
    for (const other of others) assert.match((await other.loginUnit(unit.account, PASSWORD)).last_login.address, /^(127\.0\.0\.1|::1)$/);
    const { items } = await mine.get('sessions');
    assert.equal(items.length, 4);
    assert.equal(items.filter((each) => each.current).length, 1);
    assert.ok(items.every((each) => each.address && each.at > 1.6e9));
    await mine.del(`sessions/${items.find((each) => each.current).id}`, 409);
    const stranger = await register('hospital', uscc());
    const theirs = new Client();
    await theirs.loginUnit(stranger.unit.account, PASSWORD);
    await theirs.del(`sessions/${items[0].id}`, 404);
    await mine.del(`sessions/${items.find((each) => !each.current).id}`);
    assert.equal((await mine.get('sessions')).items.length, 3);
    await mine.del('sessions');
    assert.equal((await mine.get('sessions')).items.length, 1);
    for (const other of others) await other.get('operators', 401);
    await mine.get('operators');
  });
});

describe('a changed password', () => {
  let who;
  before(async () => {
    who = await readyOperator('hospital', SAMPLES);
  });

  test('ends the other sessions, also when Redis is set back to before', async () => {
    const elsewhere = new Client();
    await elsewhere.loginUnit(who.unit.account, PASSWORD);
    const keys = redis('--raw', 'KEYS', 'session:*').split('\n');
    const kept = keys.map((key) => [key, redis('--raw', 'GET', key)]);
    await who.unitClient.put('session/password', { old_password: PASSWORD, password: 'Fresh2026x', password2: 'Fresh2026x' }, 204);
    assert.equal((await who.unitClient.session()).kind, 'unit'); // this one goes on
    for (const [key, value] of kept) if (!redis('GET', key)) redis('SET', key, value, 'EX', '600');
    await elsewhere.get('operators', 401);
    assert.equal((await elsewhere.session()).kind, 'none');
    assert.equal((await who.unitClient.session()).kind, 'unit');
  });

  test('of an operator, counted in MariaDB alone, acts on his next request', async () => {
    const [binding] = (await who.unitClient.get('operators')).items;
    sql(`UPDATE operator o JOIN unit_operator b ON b.operator_id = o.id SET o.password_seq = o.password_seq + 1 WHERE b.id = ${binding.id}`);
    await who.client.get('applications', 401);
    assert.equal((await who.client.session()).kind, 'none');
  });
});
