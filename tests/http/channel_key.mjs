// A channel's own SM2 pair, made and used by the openssl program: what a real channel does.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';

const openssl = (...words) => execFileSync('openssl', words);

/** A fresh pair in a folder of its own. */
export function makePair() {
  const folder = mkdtempSync(`${tmpdir()}/channel-`);
  openssl('genpkey', '-algorithm', 'SM2', '-out', `${folder}/key.pem`);
  const der = openssl('pkey', '-in', `${folder}/key.pem`, '-pubout', '-outform', 'DER');
  return { folder, publicKey: der.subarray(der.length - 65).toString('base64') };
}

/** base64 of r‖s over `text`: SM2 with SM3, the standard user id. */
export const sign = (pair, text) => signWith(pair, text, ['-sigopt', 'distid:1234567812345678']);

/** The same with other options of `openssl dgst`. */
export function signWith({ folder }, text, options) {
  writeFileSync(`${folder}/text`, text);
  openssl('dgst', '-sm3', '-sign', `${folder}/key.pem`, ...options, '-out', `${folder}/sig`, `${folder}/text`);
  const der = readFileSync(`${folder}/sig`);
  let at = 2;
  const number = () => {
    const size = der[at + 1];
    const bytes = der.subarray(at + 2, at + 2 + size);
    at += 2 + size;
    return Buffer.concat([Buffer.alloc(32), bytes]).subarray(-32);
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
