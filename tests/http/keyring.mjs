// The program as whoever runs the installation calls it, and what a dump of the database holds.
import { execFileSync, spawn } from 'node:child_process';
import { createCipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { PORTAL } from './channel.mjs';
import { setting, VAR } from './client.mjs';

const ADMIN = { ...process.env, PORTAL_ENV_FILE: `${VAR}/admin.env` };

/** `portal admin …` to its end: {code, out}. */
export function admin(...words) {
  return new Promise((done) => {
    const child = spawn(PORTAL, ['admin', ...words], { env: ADMIN });
    let out = '';
    for (const from of [child.stdout, child.stderr]) from.on('data', (text) => (out += text));
    child.on('close', (code, signal) => done({ code, signal, out }));
  });
}

/** The same, killed after so many milliseconds. */
export function adminKilled(ms, ...words) {
  return new Promise((done) => {
    const child = spawn(PORTAL, ['admin', ...words], { env: ADMIN, stdio: 'ignore' });
    setTimeout(() => child.kill('SIGKILL'), ms);
    child.on('close', (code, signal) => done({ code, signal }));
  });
}

/** Ids of the keys in a keyring, "keyring" or "vault". */
export const keysIn = (ring) => readFileSync(setting(`PORTAL_${ring.toUpperCase()}`), 'utf8').split('\n').filter((line) => /^\d/.test(line)).map((line) => Number(line.split(' ')[0]));

/** Names of the index's keys in the keyring: index, index-next, index-former. */
export const indexKeysIn = () => readFileSync(setting('PORTAL_KEYRING'), 'utf8').split('\n').filter((line) => line.startsWith('index')).map((line) => line.split(' ')[0]);

export const retiredOf = (ring) => {
  const file = `${setting(`PORTAL_${ring.toUpperCase()}`)}.retired`;
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean).length : 0;
};

/** A dump of all tables the workers may read, as bytes. */
export const databaseDump = () =>
  execFileSync('mariadb-dump', ['--no-defaults', '-S', setting('PORTAL_DB_SOCKET'), '-u', setting('PORTAL_DB_USER'), '--single-transaction', '--skip-lock-tables', '--hex-blob', '--ignore-table', `${setting('PORTAL_DB_NAME')}.region`, setting('PORTAL_DB_NAME')], { env: { ...process.env, MYSQL_PWD: setting('PORTAL_DB_PASSWORD') }, maxBuffer: 1 << 30 });

/** A value as the program seals it now (fcgi/crypto/keyring.h), for that purpose in that row. */
export function sealedAs(ring, purpose, row, text) {
  const [id, hex] = readFileSync(setting(`PORTAL_${ring.toUpperCase()}`), 'utf8').split('\n').filter((line) => /^\d/.test(line)).at(-1).split(' ');
  const key = Buffer.from(hkdfSync('sha256', Buffer.from(hex, 'hex'), '', 'jieru seal 1', 32));
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(`1:${id}:${purpose}#${row}`));
  return `1:${id}:${Buffer.concat([nonce, cipher.update(text), cipher.final(), cipher.getAuthTag()]).toString('base64')}`;
}
