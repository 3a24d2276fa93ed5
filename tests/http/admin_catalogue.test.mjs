// The tables the 系统管理员 keeps row by row, and what of them others see.
import assert from 'node:assert/strict';
import { randomBytes, randomInt } from 'node:crypto';
import { before, describe, test } from 'node:test';
import { Client, sleep, sql } from './client.mjs';
import { institutions, officer, readyOperator } from './people.mjs';
import { SAMPLES } from './cases.mjs';

let admin;
before(async () => {
  admin = await officer('xt01');
});
const code = () => `t_${randomBytes(4).toString('hex')}`;
/** Asks once a second until the answer has that status: workers read their lists again every ten seconds. */
async function settled(ask, status) {
  let answer;
  for (let i = 0; i < 20 && (answer = await ask()).status !== status; i++) await sleep(1000);
  assert.equal(answer.status, status);
}
const audited = (deed, object) => sql(`SELECT detail FROM audit WHERE deed = '${deed}' AND object = '${object}'`);

describe('a row', () => {
  const channel = { code: code(), name: '测试官方渠道', channel: 'wechat', active: true };
  const path = 'catalogues/official-channels';
  let id;
  const offered = async () => (await new Client().get('official-channels?channel=wechat')).items.some((item) => item.name === channel.name && item.id === id);

  test('is added, found, offered to applicants, and audited', async () => {
    ({ id } = await admin.post(path, channel, 201));
    assert.deepEqual(await admin.get(`${path}/${id}`), { ...channel, id, version: 1 });
    assert.equal((await admin.get(`${path}?search=${channel.code}`)).items.length, 1);
    assert.ok(await offered());
    assert.match(audited('channel.add', `channel/${id}`)[0][0], new RegExp(channel.code));
  });
  test('of the same code is refused', async () => {
    assert.equal((await admin.post(path, channel, 409)).code, 'CONFLICT');
  });
  test('is changed by whoever saw it last, its code never; switched off it is offered no more', async () => {
    const changed = { ...channel, active: false, version: 1 };
    assert.equal((await admin.put(`${path}/${id}`, { ...changed, code: code() }, 422)).errors[0].field, 'code');
    assert.equal((await admin.put(`${path}/${id}`, changed)).version, 2);
    await admin.put(`${path}/${id}`, changed, 409);
    assert.equal(await offered(), false);
    assert.equal(audited('channel.change', `channel/${id}`).length, 1);
  });
  test('is refused with a message for each field', async () => {
    const { errors } = await admin.post(path, { code: 'Ä', channel: 'nowhere' }, 422);
    assert.deepEqual(errors.map((e) => e.field).sort(), ['channel', 'code', 'name']);
  });
  test('pages follow one another without a gap', async () => {
    const seen = new Set();
    for (let cursor = ''; cursor !== null; ) {
      const page = await admin.get(`catalogues/regions?${cursor && `cursor=${cursor}`}`);
      for (const item of page.items) seen.add(item.code);
      cursor = page.next;
    }
    assert.equal(seen.size, Number(sql('SELECT COUNT(*) FROM region')[0][0]));
  });
});

describe('医保区划 and 医保局', () => {
  const region = `4401${randomInt(30, 98)}`;
  test('a new county lies where its code says, can be chosen, and switched off no more', async () => {
    const row = { code: region, name: '测试新区', position: 50, active: true };
    const { id } = await admin.post('catalogues/regions', row, 201);
    const shown = async () => (await new Client().get('regions?parent=440100')).items.some((item) => item.code === region);
    assert.ok(await shown());
    await admin.put(`catalogues/regions/${id}`, { ...row, active: false, version: 1 });
    assert.equal(await shown(), false);
    assert.equal((await admin.post('catalogues/regions', { ...row, code: '990101' }, 422)).errors[0].field, 'code');
  });
  test('a bureau has the jurisdiction of its region', async () => {
    const [[none]] = sql(`SELECT r.code FROM region r LEFT JOIN bureau b ON b.region_code = r.code
      WHERE b.id IS NULL AND r.level = 4 AND r.kind = 1 ORDER BY RAND() LIMIT 1`);
    const { id } = await admin.post('catalogues/bureaus', { region_code: none, name: '测试医疗保障局' }, 201);
    assert.deepEqual(sql(`SELECT level, prefix FROM bureau WHERE id = ${id}`), [['3', none]]);
    assert.equal((await admin.post('catalogues/bureaus', { region_code: '999999', name: '测试医疗保障局' }, 422)).errors[0].field, 'region_code');
    sql(`DELETE FROM bureau WHERE id = ${id}`);
  });
});

describe('数据字典', () => {
  const entry = { list: 'purchase_channel', code: code(), text: '测试购药渠道', position: 500, active: true };
  test('an entry is added where rules allow it, and forms accept it until it is switched off', async () => {
    const { id } = await admin.post('catalogues/dictionaries', entry, 201);
    const listed = async () => (await new Client().get('dictionaries')).purchase_channel.find((each) => each.code === entry.code);
    assert.deepEqual(await listed(), { code: entry.code, text: entry.text, active: true });
    const who = await readyOperator('pharmacy', SAMPLES);
    const send = (channels) => who.client.send('POST', 'applications', { business_type: 'auth', purchase_channels: channels }, { 'idempotency-key': randomBytes(16).toString('hex') });
    await settled(() => send([entry.code]), 201);
    assert.equal((await send(['nothing'])).status, 422);
    await admin.put(`catalogues/dictionaries/${id}`, { ...entry, active: false, version: 1 });
    await settled(() => send([entry.code]), 422);
    assert.equal((await listed()).active, false);
  });
  test('a 证件类型 cannot be added, only reworded', async () => {
    assert.equal((await admin.post('catalogues/dictionaries', { ...entry, list: 'id_type' }, 422)).errors[0].field, 'list');
    const { items } = await admin.get('catalogues/dictionaries?search=id_type');
    const row = items.find((item) => item.code === 'passport');
    const reworded = await admin.put(`catalogues/dictionaries/${row.id}`, { ...row, id: undefined, text: '外国护照' });
    assert.equal((await new Client().get('dictionaries')).id_type.find((each) => each.code === 'passport').text, '外国护照');
    await admin.put(`catalogues/dictionaries/${row.id}`, { ...row, id: undefined, version: reworded.version });
  });
});

describe('机构目录', () => {
  test('an agreement that ends takes the certification along at once', async () => {
    const who = await readyOperator('hospital', SAMPLES);
    const { items } = await admin.get(`catalogues/institutions?search=${who.institution.code}`);
    const row = items[0];
    assert.equal(row.uscc, who.institution.uscc);
    await who.client.get('applications');
    await admin.put(`catalogues/institutions/${row.id}`, { ...row, id: undefined, agreement_end: '2025-12-31' });
    assert.equal((await who.client.get('applications', 403)).code, 'NOT_CERTIFIED');
    await admin.put(`catalogues/institutions/${row.id}`, { ...row, id: undefined, version: row.version + 1 });
    await who.client.get('applications');
  });
  test('is refused when a check digit, a region or the days are wrong', async () => {
    const [place] = institutions('hospital');
    const good = { code: `H440103${randomInt(10000, 99999)}`, name: '测试医院', region_code: '440103', uscc: place.uscc, agreement_start: '2026-01-01', agreement_end: '2026-12-31', active: true };
    for (const [field, value] of [['uscc', `${place.uscc.slice(0, 17)}${place.uscc[17] === '0' ? '1' : '0'}`], ['region_code', '449999'], ['agreement_end', '2025-01-01'], ['code', 'X44010300001']])
      assert.deepEqual((await admin.post('catalogues/institutions', { ...good, [field]: value }, 422)).errors.map((e) => e.field), [field]);
    await admin.post('catalogues/institutions', good, 201);
  });
});
