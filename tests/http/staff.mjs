// Accounts of the bureaus as whoever runs the installation makes them, and their authenticator apps.
import { createHmac } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { Client, REVIEW, VAR } from './client.mjs';

/** `portal admin …` with the account that may change tables. */
export const admin = (words, input = '') =>
  execFileSync(`${process.env.JIERU_BUILD || 'build'}/portal`, ['admin', ...words], {
    input, stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, PORTAL_ENV_FILE: `${VAR}/admin.env` },
  });

/** `portal admin staff-add`: password, phone and id number come by standard input. */
export function addStaff(account, password, { name = '测试员', bureau = '440100', role = 'officer', phone, id_no, must_change = false, may_download = false }) {
  admin(
    ['staff-add', '--account', account, '--name', name, '--bureau', bureau, '--role', role, '--secrets-stdin',
      ...(must_change ? ['--must-change'] : []), ...(may_download ? ['--may-download'] : [])],
    `${password}\n${phone}\n${id_no}\n`,
  );
}

/** RFC 6238 with a base32 secret, as an authenticator app computes it; `ahead` in steps. */
export function codeOf(secret, ahead = 0) {
  const bits = [...secret].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2)));
  const moment = Buffer.alloc(8);
  moment.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000) + ahead));
  const digest = createHmac('sha1', key).update(moment).digest();
  const at = digest[19] & 15;
  return String((digest.readUInt32BE(at) & 0x7fffffff) % 1000000).padStart(6, '0');
}

export const enter = async (account, password) => {
  const client = new Client(REVIEW);
  const session = await client.loginOfficer(account, password);
  return { client, session };
};
