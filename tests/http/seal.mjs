// The platform's seal in a sheet, taken apart as its public description says (deploy/clients/verify/README.md).
import { sign } from './channel_key.mjs';

const LINE = /\n(%(jieru-sheet 2 ([0-9a-f]{32}) ([0-9a-f]{64})) ([A-Za-z0-9+/]{85}[AQgw]==)\n)startxref\n\d+\n%%EOF\n$/;

/** {line, statement, number, digest, signature} and the bytes before, after and around it; throws without one. */
export function sealOf(bytes) {
  const text = bytes.toString('latin1');
  const found = text.match(LINE);
  if (!found) throw new Error('no seal');
  const [, line, statement, number, digest, signature] = found;
  const at = found.index + 1;
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at + line.length)];
  return { line: Buffer.from(line), statement, number, digest, signature, before, after, body: Buffer.concat([before, after]) };
}

/** The same statement, or another one, signed by another pair. */
export const sealBy = (pair, statement) => Buffer.from(`%${statement} ${sign(pair, statement)}\n`);
