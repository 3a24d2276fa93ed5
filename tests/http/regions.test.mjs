// Where 地方 and 省 are one bureau: a 直辖市 and a 省本级. It decides twice, as two entries, by two people.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { detail, ready, SAMPLES, sheet, submitted } from './cases.mjs';
import { sql } from './client.mjs';
import { decide, officer, readyOperator } from './people.mjs';

for (const [where, region, [account, colleague], bureau, province_city] of [
  ['直辖市', '110101', ['bj01', 'bj02'], '北京市医疗保障局', /^北京市/],
  ['省本级', '449900', ['gd01', 'gd02'], '广东省医疗保障局', /^广东省/],
])
  describe(where, () => {
    test('one bureau passes as 地方 and again as 省, then 国家', async () => {
      const who = await readyOperator('hospital', SAMPLES, [region]);
      const number = await submitted(who, 'hospital', 'mixed');
      const own = await officer(account);
      const nation = await officer('gj01');
      const pending = async () => (await detail(who, number)).records.at(-1);

      assert.deepEqual([(await pending()).desk, (await pending()).who], ['local', bureau]);
      await decide(own, number, 'pass', '地方同意');
      assert.deepEqual([(await pending()).desk, (await pending()).who], ['province', bureau]);
      assert.ok((await own.get('queue?view=pending')).items.some((item) => item.number === number && item.desk === 'province'));
      const twice = await decide(own, number, 'pass', '备案同意').catch((e) => e.message);
      assert.match(twice, /403.*一人不能审核同一申请单的两个层级/);
      await decide(await officer(colleague), number, 'pass', '备案同意');
      assert.equal((await pending()).desk, 'nation');
      await decide(nation, number, 'pass');

      const d = await ready(who, number, 'test');
      assert.equal(d.status_text, '申请审核通过');
      assert.deepEqual(
        d.records.map((r) => [r.desk, r.who, r.result_text]).slice(1, 3),
        [['local', bureau, '审核通过'], ['province', bureau, '备案通过']],
      );
      const [row] = (await who.client.get('applications')).items;
      assert.match(row.province_city, province_city);
      assert.ok(sheet(d, 'test', 'payment').ready);
    });

    test('what it refuses as 省 begins again at 地方, with the same bureau', async () => {
      const who = await readyOperator('pharmacy', SAMPLES, [region]);
      const number = await submitted(who, 'pharmacy', 'mixed');
      const own = await officer(account);
      await decide(own, number, 'pass');
      await decide(await officer(colleague), number, 'reject', '备案材料不全');
      const { version, records } = await detail(who, number);
      assert.deepEqual([records.at(-1).desk, records.at(-1).result_text], ['province', '备案驳回']);
      await who.client.post(`applications/${number}/submission`, { version });
      const last = (await detail(who, number)).records.at(-1);
      assert.deepEqual([last.desk, last.who, last.pending], ['local', bureau, true]);
    });
  });

test('every region an agreement can lie in has its 地方 and its 省 (A-44)', () => {
  const missing = sql(`SELECT code FROM region r WHERE active = 1 AND kind <> 3 AND level > 2 AND code REGEXP '^[0-9]{6}$'
    AND NOT EXISTS (SELECT 1 FROM region c WHERE c.parent = r.code) AND (
      NOT EXISTS (SELECT 1 FROM bureau b WHERE b.region_code = CONCAT(LEFT(code, 2), '0000'))
      OR NOT EXISTS (SELECT 1 FROM bureau b WHERE b.region_code = CASE
        WHEN LEFT(code, 2) IN ('11', '12', '31', '50') OR MID(code, 3) = '9900' THEN CONCAT(LEFT(code, 2), '0000')
        WHEN MID(code, 3, 2) = '90' THEN code ELSE CONCAT(LEFT(code, 4), '00') END))`);
  assert.deepEqual(missing, []);
  assert.ok(Number(sql('SELECT COUNT(*) FROM region WHERE level = 4')[0][0]) > 2800);
});
