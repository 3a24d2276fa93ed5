// Sessions across workers: what ended stays ended, whatever Redis remembers (design.md §5, A-17, OP-16).
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { SAMPLES } from './cases.mjs';
import { Client, redis, sql } from './client.mjs';
import { PASSWORD, readyOperator } from './people.mjs';

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
