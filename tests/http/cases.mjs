// Filled forms and the steps several tests take with them.
import { sql, until } from './client.mjs';
import { orderNo } from './people.mjs';

export const SAMPLES = process.env.SAMPLES;

/** A whole 申请单 of the given kind and business type, its files uploaded. */
export async function applicationForm(who, kind, business) {
  const form = {
    business_type: business,
    contact_name: '孙联系',
    contact_phone: '020-81234567',
    application_letter: await who.client.upload('application_letter', `${SAMPLES}/申请函.pdf`),
    agreement: await who.client.upload('agreement', `${SAMPLES}/定点机构协议.pdf`),
  };
  if (business === 'auth')
    Object.assign(form, {
      channel: 'wechat',
      app_source: 'own_new',
      app_name: `小程序${who.institution.code}`,
      app_type: 'miniprogram',
      app_screenshot: await who.client.upload('app_screenshot', `${SAMPLES}/应用首页截图.png`),
      ...(kind === 'pharmacy' && { purchase_channels: ['self', 'meituan'] }),
    });
  return form;
}

export async function acceptanceForm(who, kind, business) {
  return {
    order_no: orderNo(),
    ...(business === 'auth' && { proof: 'code', auth_code: 'd2801149-26cd-4658-9ff5-13794cb00001' }),
    [kind === 'pharmacy' ? 'video_purchase' : 'video_clinic']: await who.client.upload('video', `${SAMPLES}/诊间结算.mp4`),
    test_report: await who.client.upload('test_report', `${SAMPLES}/测试报告.zip`),
  };
}

export const detail = (who, number) => who.client.get(`applications/${number}`);
export const sheet = (d, environment, kind) => d.sheets.find((s) => s.environment === environment && s.kind === kind);

/** A filed 申请单 that was saved, changed and submitted; its number. */
export async function submitted(who, kind, business) {
  const { number, version } = await who.client.create('applications', await applicationForm(who, kind, business));
  const saved = await who.client.put(`applications/${number}`, {
    ...(await detail(who, number)).answers,
    ...Object.fromEntries(Object.entries((await detail(who, number)).files).map(([k, f]) => [k, f.id])),
    remark: '改过一次',
    version,
  });
  await who.client.post(`applications/${number}/submission`, { version: saved.version });
  return number;
}

/** The detail once the sheets of that environment are issued. */
export async function ready(who, number, environment) {
  return until(async () => {
    const d = await detail(who, number);
    return d.sheets.some((s) => s.environment === environment && s.ready) && d;
  });
}

const quoted = (text) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;

/** One more application per name, as copies of a draft. */
export function copies(number, names) {
  const columns = `version, state, status, unit_id, operator_id, institution_id, institution_code,
    institution_name, region_code, province_city, local_bureau, province_bureau, nation_bureau, round,
    business_type, third_channel, created_at, updated_at`;
  for (let at = 0; at < names.length; at += 1000) {
    const values = names.slice(at, at + 1000).map((name) => `SELECT ${quoted(name)} AS name`).join(' UNION ALL ');
    sql(`INSERT INTO application (number, shown_app_name, ${columns})
         SELECT LOWER(HEX(RANDOM_BYTES(16))), n.name, ${columns} FROM application a, (${values}) n
         WHERE a.number = '${number}'`);
  }
}
