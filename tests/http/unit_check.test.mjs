// With a register of enterprises configured, 资质认证 asks it; and without the program that reads licences.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, describe, test } from 'node:test';
import { Client } from './client.mjs';
import { asListed, certify, institutions, OFFICERS, officer, register } from './people.mjs';
import { registry } from './registry.mjs';

const restart = (environment) =>
  execFileSync('deploy/up', ['--no-build', ...process.env.UP_ARGS.split(' ')], { stdio: 'ignore', env: { ...process.env, ...environment } });

/** A unit as the catalogue has it, certified as far as it goes. */
async function tried(know) {
  const [row] = institutions('hospital');
  const { unit } = await register('hospital', row.uscc, asListed(row));
  await know?.(unit);
  const client = new Client();
  await client.loginUnit(unit.account, unit.password);
  return { unit, client, seen: await certify(client, unit) };
}

async function checksOf(unit) {
  const local = await officer(OFFICERS.local);
  const { id } = (await local.get('certifications')).items.find((row) => row.uscc === unit.uscc);
  const { checks } = await local.get(`certifications/${id}`);
  return Object.fromEntries(checks.items.map((c) => [c.field, c]));
}

describe('企业信息核验', () => {
  let simulator;
  const tell = (method, path, body) =>
    fetch(new URL(path, simulator.url), { method, body: JSON.stringify(body) }).then((a) => assert.equal(a.status, 204));

  before(async () => {
    simulator = await registry();
    restart({ JIERU_UNIT_CHECK: simulator.url });
  });
  after(async () => {
    restart({ JIERU_UNIT_CHECK: '' });
    await simulator?.close();
  });

  test('who it agrees with is certified; it is asked for code, name and 法定代表人', async () => {
    const { unit, seen } = await tried(({ uscc, name, legal_name }) => tell('POST', 'enterprises', { uscc, name, legal_name }));
    assert.equal(seen.certification, 'passed', seen.certification_reason);
    assert.deepEqual(simulator.asked.at(-1), { uscc: unit.uscc, name: unit.name, legal_name: unit.legal_name });
  });

  test('who it does not agree with goes to the bureau', async () => {
    const { unit, seen } = await tried(({ uscc, name }) => tell('POST', 'enterprises', { uscc, name, legal_name: '别人' }));
    assert.equal(seen.certification, 'manual');
    assert.equal(seen.certification_reason, '法定代表人姓名与企业信息核验结果不一致');
    const { uscc, legal_name } = await checksOf(unit);
    assert.deepEqual([uscc.by_registry, legal_name.by_registry], ['agrees', 'differs']);
  });

  test('who it does not know goes to the bureau', async () => {
    const { seen } = await tried();
    assert.equal(seen.certification, 'manual');
    assert.match(seen.certification_reason, /^企业信息核验未能核对/);
  });

  test('while it is away or answers strangely, nobody is certified unchecked', async () => {
    for (const mode of ['down', 'strange']) {
      await tell('PUT', 'mode', { mode });
      const { unit, seen } = await tried(({ uscc, name, legal_name }) => tell('POST', 'enterprises', { uscc, name, legal_name }));
      assert.equal(seen.certification, 'manual');
      assert.equal(seen.certification_reason, '企业信息核验暂不可用');
      assert.equal((await checksOf(unit)).name.by_registry, 'unknown');
    }
    await tell('PUT', 'mode', { mode: 'up' });
  });
});

describe('a host without the program that reads licences', () => {
  before(() => restart({ JIERU_READER: '/nonexistent/portal-reader' }));
  after(() => restart({ JIERU_READER: '' }));

  test('sends every unit to its bureau', async () => {
    const { unit, seen } = await tried();
    assert.equal(seen.certification, 'manual');
    assert.equal(seen.certification_reason, '营业执照未能读出');
    assert.equal((await checksOf(unit)).uscc.by_licence, 'unknown');
  });
});
