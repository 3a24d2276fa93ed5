// A channel's own SM2 pair, made and used by the openssl program: what a real channel does.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';

const openssl = (...words) => execFileSync('openssl', words, { stdio: ['ignore', 'pipe', 'ignore'] });

const folders = [];
process.on('exit', () => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));
function newFolder() {
  folders.push(mkdtempSync(`${tmpdir()}/channel-`));
  return folders.at(-1);
}

/** A fresh pair in a folder of its own. */
export function makePair() {
  const folder = newFolder();
  openssl('genpkey', '-algorithm', 'SM2', '-out', `${folder}/key.pem`);
  const der = openssl('pkey', '-in', `${folder}/key.pem`, '-pubout', '-outform', 'DER');
  return { folder, publicKey: der.subarray(der.length - 65).toString('base64') };
}

/** A fresh public key of another curve, PEM. */
export const makeCurve = (name) => openssl('pkey', '-in', writeKey(openssl('genpkey', '-algorithm', 'EC', '-pkeyopt', `ec_paramgen_curve:${name}`)), '-pubout').toString();
function writeKey(bytes) {
  const file = `${newFolder()}/key.pem`;
  writeFileSync(file, bytes);
  return file;
}

/** [name, text, pair]: public keys as the program writes them, each of another pair. */
export const forms = () =>
  Object.entries({
    PEM: (key) => openssl('pkey', '-in', key, '-pubout').toString(),
    'DER, base64': (key) => openssl('pkey', '-in', key, '-pubout', '-outform', 'DER').toString('base64'),
    'compressed PEM': (key) => openssl('ec', '-in', key, '-pubout', '-conv_form', 'compressed').toString(),
    '-text': (key) => openssl('pkey', '-in', key, '-pubout', '-text').toString(),
    certificate: (key) => openssl('req', '-x509', '-new', '-key', key, '-sm3', '-subj', '/CN=channel').toString(),
    'certificate request': (key) => openssl('req', '-new', '-key', key, '-sm3', '-subj', '/CN=channel').toString(),
  }).map(([name, make]) => {
    const pair = makePair();
    return [name, make(`${pair.folder}/key.pem`), pair];
  });

/** base64 of r‖s over `text`: SM2 with SM3, the standard user id. */
export const sign = (pair, text) => signWith(pair, text, ['-sigopt', 'distid:1234567812345678']);

/** What the program itself makes. */
export function der({ folder }, text, options) {
  writeFileSync(`${folder}/text`, text);
  openssl('dgst', '-sm3', '-sign', `${folder}/key.pem`, ...options, '-out', `${folder}/sig`, `${folder}/text`);
  return readFileSync(`${folder}/sig`);
}

/** The same with other options of `openssl dgst`. */
export function signWith(pair, text, options) {
  const bytes = der(pair, text, options);
  let at = 2;
  const number = () => {
    const size = bytes[at + 1];
    const found = bytes.subarray(at + 2, at + 2 + size);
    at += 2 + size;
    return Buffer.concat([Buffer.alloc(32), found]).subarray(-32);
  };
  return Buffer.concat([number(), number()]).toString('base64');
}

/** Reports a fresh public key for an application; the key as base64 of 65 bytes. */
export async function reportKey(client, number) {
  const pair = makePair();
  const { challenge } = await client.get(`applications/${number}/channel-key`);
  const stranger = makePair();
  const wrong = await client.post(`applications/${number}/channel-key`, { public_key: pair.publicKey, signature: sign(stranger, challenge) }, 422);
  assert.equal(wrong.errors[0].field, 'signature');
  const again = await client.get(`applications/${number}/channel-key`);
  await client.post(`applications/${number}/channel-key`, { public_key: pair.publicKey, signature: sign(pair, again.challenge) });
  return pair.publicKey;
}
