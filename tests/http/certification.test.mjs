// 资质认证 beyond the catalogue: 人工认证 by the bureau, an agreement that ends, a row that changes.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { before, describe, test } from 'node:test';
import { SAMPLES } from './cases.mjs';
import { Client, sql, until, VAR } from './client.mjs';
import { licence, photograph } from './licence.mjs';
import { asListed, certify, institutions, OFFICERS, officer, readyOperator, register, uscc } from './people.mjs';

/** `portal jobs --once`: what is due, and the janitor. */
const janitor = () =>
  execFileSync(`${process.env.JIERU_BUILD || 'build'}/portal`, ['jobs', '--once'], { env: { ...process.env, PORTAL_ENV_FILE: `${VAR}/portal.env` } });

const answerable = async (client, unit) => (await client.get('certifications')).items.find((row) => row.uscc === unit.uscc);
/** Of what was compared, by field: [目录, 企业信息核验, 证照识别]. */
const marks = (checks) => Object.fromEntries(checks.items.map((c) => [c.field, [c.by_catalogue, c.by_registry, c.by_licence]]));

/** Registers what is written, against a row of the catalogue, and certifies: what its bureau's officer sees then. */
async function attempted(kind, written, file) {
  const [row] = institutions(kind);
  const { unit } = await register(kind, row.uscc, { ...asListed(row), ...written });
  const client = new Client();
  await client.loginUnit(unit.account, unit.password);
  const seen = await certify(client, unit, file?.(row, unit));
  return { row, unit, client, seen };
}

describe('自动认证', () => {
  let local;
  before(async () => {
    local = await officer(OFFICERS.local);
  });

  test('a unit that is as the catalogue and its licence say is certified, by a photograph as well', async () => {
    const { client, seen } = await attempted('pharmacy', {}, (row) => photograph(row));
    assert.equal(seen.certification, 'passed', seen.certification_reason);
    assert.ok((await client.get('messages')).items.some((m) => m.title === '资质认证通过'));
    const business_licence = seen.licence.id;
    await client.post('unit/certification', { business_licence }, 409);
  });

  test('width, blanks and brackets of its name do not matter', async () => {
    const [row] = institutions('hospital');
    const listed = `${row.name}（荔湾）`;
    sql(`UPDATE institution SET name = '${listed}' WHERE code = '${row.code}'`);
    const { unit } = await register('hospital', row.uscc, { ...asListed(row), name: `测试　${row.name.slice(2)} (荔湾)` });
    const client = new Client();
    await client.loginUnit(unit.account, unit.password);
    const seen = await certify(client, unit, licence({ ...unit, name: listed }));
    assert.equal(seen.certification, 'passed', seen.certification_reason);
  });

  for (const [what, kind, written, said, field] of [
    ['name', 'hospital', { name: '张三的小卖部' }, /单位名称与定点医药机构目录不一致/, 'name'],
    ['type', 'hospital', { institution_kind: 'pharmacy' }, /机构类型与定点医药机构目录不一致/, 'kind'],
    ['region', 'hospital', { region: '440104' }, /医保区划与定点医药机构目录不一致/, 'region'],
  ])
    test(`another ${what} than the catalogue's goes to the bureau, which sees both`, async () => {
      const { unit, row, client, seen } = await attempted(kind, written);
      assert.equal(seen.certification, 'manual');
      assert.match(seen.certification_reason, said);
      assert.ok((await client.get('messages')).items.some((m) => m.title === '已转人工认证'));
      const { id } = await answerable(local, unit);
      const { checks } = await local.get(`certifications/${id}`);
      assert.deepEqual(marks(checks)[field][0], 'differs');
      const shown = checks.items.find((c) => c.field === field);
      assert.notEqual(shown.given, shown.catalogue);
      if (field === 'name') assert.deepEqual([shown.given, shown.catalogue], [unit.name, row.name]);
      assert.ok(checks.items.filter((c) => c.field !== field && c.field !== 'legal_name').every((c) => c.by_catalogue === 'agrees'));
    });

  test('the 法定代表人 counts where the catalogue has one, and is masked', async () => {
    const [row] = institutions('hospital');
    sql(`UPDATE institution SET legal_name = '孙法人' WHERE code = '${row.code}'`);
    const { unit } = await register('hospital', row.uscc, asListed(row));
    const client = new Client();
    await client.loginUnit(unit.account, unit.password);
    const seen = await certify(client, unit);
    assert.equal(seen.certification, 'manual');
    assert.match(seen.certification_reason, /法定代表人姓名与定点医药机构目录不一致/);
    const { id } = await answerable(local, unit);
    const { checks } = await local.get(`certifications/${id}`);
    const shown = checks.items.find((c) => c.field === 'legal_name');
    assert.deepEqual([shown.given, shown.catalogue, shown.by_catalogue], ['赵*试', '孙*人', 'differs']);
    sql(`UPDATE institution SET legal_name = '${unit.legal_name}' WHERE code = '${row.code}'`);
    assert.equal((await certify(client, unit)).certification, 'passed');
  });

  test('a pharmacy with the licence of a hospital does not pass; what was read is shown', async () => {
    const [hospital] = institutions('hospital');
    const { unit, seen } = await attempted('pharmacy', {}, () => licence(hospital));
    assert.equal(seen.certification, 'manual');
    assert.equal(seen.certification_reason, '营业执照中未识别到统一社会信用代码、单位名称');
    const { id } = await answerable(local, unit);
    const { checks } = await local.get(`certifications/${id}`);
    assert.deepEqual([marks(checks).uscc, marks(checks).name], [['agrees', null, 'differs'], ['agrees', null, 'differs']]);
    assert.ok(checks.licence_text.includes(hospital.uscc));
  });

  test('a picture without text goes to the bureau as well', async () => {
    const { unit, seen } = await attempted('hospital', {}, () => `${SAMPLES}/应用首页截图.png`);
    assert.equal(seen.certification, 'manual');
    const { id } = await answerable(local, unit);
    assert.ok(['differs', 'unknown'].includes(marks((await local.get(`certifications/${id}`)).checks).uscc[2]));
  });

  test('another licence may be given while the bureau has not answered', async () => {
    const [hospital] = institutions('hospital');
    const { unit, client, row } = await attempted('pharmacy', {}, () => licence(hospital));
    assert.equal((await certify(client, unit, licence(row))).certification, 'passed');
    assert.equal(await answerable(local, unit), undefined);
  });

  test('two requests at once: one is looked at', async () => {
    const [row] = institutions('hospital');
    const { unit } = await register('hospital', row.uscc, asListed(row));
    const client = new Client();
    await client.loginUnit(unit.account, unit.password);
    const business_licence = await client.upload('business_licence', licence(unit));
    const answers = await Promise.all([1, 2, 3].map(() => client.send('POST', 'unit/certification', { business_licence })));
    assert.deepEqual(answers.map((a) => a.status).sort(), [200, 409, 409]);
    await until(async () => (await client.get('unit')).certification === 'passed');
  });
});

describe('人工认证', () => {
  let unit;
  let client;
  let local;
  let business_licence;

  before(async () => {
    local = await officer(OFFICERS.local);
    ({ unit } = await register('hospital', uscc()));
    client = new Client();
    await client.loginUnit(unit.account, unit.password);
  });

  const waiting = () => answerable(local, unit);

  test('a unit the catalogue lacks is told the reason, and its bureau is asked', async () => {
    business_licence = await client.upload('business_licence', licence(unit));
    assert.equal((await local.send('GET', `uploads/${business_licence}/content`)).status, 404);
    await client.post('unit/certification', { business_licence });
    const page = await until(async () => {
      const seen = await client.get('unit');
      return seen.certification === 'manual' && seen;
    });
    assert.match(page.certification_reason, /目录中没有本单位的统一社会信用代码/);
    const { id } = await waiting();
    assert.deepEqual(marks((await local.get(`certifications/${id}`)).checks).uscc, ['unknown', null, 'agrees']);
  });

  test('the bureau of its region sees it and its 营业执照, masked; others do not', async () => {
    const row = await waiting();
    assert.equal(row.certification, 'manual');
    const seen = await local.get(`certifications/${row.id}`);
    assert.equal(seen.unit.name, unit.name);
    assert.ok(!JSON.stringify(seen).includes(unit.legal_id_no));
    assert.equal(seen.licence.id, business_licence);
    assert.equal((await local.send('GET', `uploads/${business_licence}/content`)).status, 200);
    for (const account of ['cd01', OFFICERS.province]) {
      const other = await officer(account);
      await other.get(`certifications/${row.id}`, 404);
      assert.equal((await other.send('GET', `uploads/${business_licence}/content`)).status, 404);
      assert.ok(!(await other.get('certifications')).items.some((r) => r.id === row.id));
    }
  });

  test('不予认证 needs a reason, which the unit reads', async () => {
    const { id } = await waiting();
    const { version } = await local.get(`certifications/${id}`);
    const wrong = await local.post(`certifications/${id}/decision`, { event: 'reject', version }, 422);
    assert.equal(wrong.errors[0].field, 'remark');
    await local.post(`certifications/${id}/decision`, { event: 'reject', remark: '执照与目录不符', version });
    const page = await client.get('unit');
    assert.equal(page.certification, 'failed');
    assert.match(page.certification_reason, /广州市医疗保障局不予认证：执照与目录不符/);
    assert.ok((await client.get('messages')).items.some((m) => m.title === '人工认证未通过'));
    await local.post(`certifications/${id}/decision`, { event: 'reject', remark: '再次', version }, 409);
    assert.ok((await local.get('certifications?view=done')).items.some((row) => row.id === id));
  });

  test('two officers answer at once: one answer counts', async () => {
    assert.equal((await certify(client, unit)).certification, 'manual');
    const { id } = await waiting();
    const { version } = await local.get(`certifications/${id}`);
    const second = await officer('gz02');
    const body = { event: 'pass', until: '2099-12-31', version };
    const answers = await Promise.all([local, second].map((each) => each.send('POST', `certifications/${id}/decision`, body)));
    assert.deepEqual(answers.map((a) => a.status).sort(), [200, 409]);
    const page = await client.get('unit');
    assert.equal(page.certification, 'passed');
    assert.ok(page.certified_until > 4e9);
  });

  test('what the bureau confirmed ends with its day', async () => {
    sql(`UPDATE unit SET certified_until = 1700000000 WHERE account = '${unit.account}'`);
    assert.equal((await client.get('unit')).certification, 'expired');
    assert.equal((await client.session()).unit.certification, 'expired');
  });
});

describe('a certified unit', () => {
  let who;
  before(async () => {
    who = await readyOperator('hospital', SAMPLES);
  });

  test('whose agreement ended cannot go on from the next request on, and can when it is renewed', async () => {
    await who.client.get('applications');
    sql(`UPDATE institution SET agreement_end = 1700000000 WHERE uscc = '${who.institution.uscc}'`);
    const refused = await who.client.get('applications', 403);
    assert.equal(refused.code, 'NOT_CERTIFIED');
    assert.match(refused.detail, /已失效/);
    sql(`UPDATE institution SET agreement_end = 1893427200 WHERE uscc = '${who.institution.uscc}'`);
    await who.client.get('applications');
  });

  test('whose row left the catalogue is told, and certifies again', async () => {
    sql(`UPDATE institution SET active = 0 WHERE uscc = '${who.institution.uscc}'`);
    assert.equal((await who.unitClient.get('unit')).tasks[0].state, 'todo');
    janitor();
    const page = await who.unitClient.get('unit');
    assert.equal(page.certification, 'expired');
    assert.match(page.certification_reason, /重新认证/);
    for (const client of [who.client, who.unitClient])
      assert.ok((await client.get('messages')).items.some((m) => m.title === '认证已失效'));
    const [renewed] = institutions('hospital', ['440103'], who.institution.uscc);
    sql(`UPDATE institution SET name = '${who.institution.name}' WHERE code = '${renewed.code}'`);
    assert.equal((await who.unitClient.get('unit')).certification, 'expired');
    assert.equal((await certify(who.unitClient, who.unit)).certification, 'passed');
  });
});
