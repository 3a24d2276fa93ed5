// Doors that do not jam: what strangers may do without signing in takes nothing from those who work.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { BASE, Client, Elsewhere, redis, REVIEW, sql } from './client.mjs';
import { operatorForm, register, unitForm, uscc } from './people.mjs';

const keys = () => Number(redis('DBSIZE'));
const memory = () => Number(redis('INFO', 'memory').match(/used_memory_dataset:(\d+)/)[1]);

/** Calls `deed` so many times, at most `width` at once. */
async function crowd(count, width, deed) {
  let next = 0;
  await Promise.all(Array.from({ length: width }, async () => {
    while (next < count) await deed(next++);
  }));
}

describe('a visitor who has not signed in', () => {
  test('leaves nothing in Redis, however often he asks who he is', async () => {
    const before = { keys: keys(), memory: memory() };
    await crowd(10000, 20, async () => {
      const answer = await fetch(`${BASE}/api/v1/session`);
      assert.equal(answer.status, 200);
      assert.match(answer.headers.get('set-cookie'), /HttpOnly/);
      await answer.arrayBuffer();
    });
    assert.ok(keys() - before.keys < 20, `${keys() - before.keys} keys`);
    assert.ok(memory() - before.memory < 256 * 1024, `${memory() - before.memory} bytes`);
  });
});
