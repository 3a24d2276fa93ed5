// What PDF/A-2u (ISO 19005-2) asks for and tools at hand can see; clauses are of that standard.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';

const run = (command, ...words) => execFileSync(command, words, { encoding: 'latin1', maxBuffer: 1 << 26, stdio: ['ignore', 'pipe', 'ignore'] });

const FORBIDDEN = ['/JavaScript', '/JS', '/AA', '/OpenAction', '/Launch', '/EmbeddedFiles', '/AcroForm', '/XFA', '/OCProperties', '/Annots', '/Encrypt', '/LZWDecode', '/Image', '/PS', '/Ref', '/Movie', '/Sound'];

function checkFile(bytes) {
  const text = bytes.toString('latin1');
  assert.match(text, /^%PDF-1\.[4-7]\n%[\x80-\xff]{4}/, '6.1.2 header');
  assert.equal(text.match(/%%EOF/g).length, 1, '6.1.3 nothing behind the end, no update');
  assert.match(text, /\n%%EOF\n$/, '6.1.3');
  const [, at] = text.match(/startxref\n(\d+)\n%%EOF\n$/);
  const table = text.slice(Number(at));
  const [, count, entries] = table.match(/^xref\n0 (\d+)\n((?:\d{10} \d{5} [fn] \n)+)trailer\n/) ?? assert.fail('6.1.4 table');
  assert.equal(entries.length, count * 20, '6.1.4');
  entries.match(/.{20}/gs).forEach((entry, id) => entry[17] === 'n' && assert.ok(text.startsWith(`${id} 0 obj\n`, Number(entry.slice(0, 10))), `6.1.9 object ${id}`));
  const [, one, two] = table.match(/\/ID \[ <([0-9a-f]{32})> <([0-9a-f]{32})> \]/) ?? assert.fail('6.1.3 ID');
  assert.equal(one, two);
}

function checkCatalog(objects) {
  const catalog = objects.find((o) => /\/Type \/Catalog\b/.test(o));
  for (const entry of [/\/Metadata \d+ 0 R/, /\/MarkInfo <<\s+\/Marked true/, /\/StructTreeRoot \d+ 0 R/, /\/Lang \(zh-CN\)/, /\/DisplayDocTitle true/, /\/S \/GTS_PDFA1/, /\/OutputConditionIdentifier \(sRGB\)/]) assert.match(catalog, entry);
  const profile = objects.find((o) => o.includes('acsp'));
  assert.match(profile, /\/N 3\b/, '6.2.3 output intent');
  assert.match(profile, /mntrRGB XYZ /);
  for (const word of FORBIDDEN) assert.ok(!objects.some((o) => new RegExp(`${word}\\b`).test(o.split('\nstream\n')[0])), word);
}

function checkMetadata(raw, objects) {
  const packet = Buffer.from(raw.match(/\/Subtype \/XML \/Length \d+ >>\nstream\n([^]+?)\nendstream/)[1], 'latin1').toString();
  assert.match(packet, /^<\?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"\?>\n/, '6.6.2.1');
  assert.match(packet, /<pdfaid:part>2<\/pdfaid:part><pdfaid:conformance>U<\/pdfaid:conformance>/, '6.6.4');
  const info = objects.find((o) => /\/CreationDate/.test(o));
  const [, y, mo, d, h, mi, s] = info.match(/\/CreationDate \(D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)\+08'00'?\)/) ?? assert.fail('a date');
  assert.ok(packet.includes(`<xmp:CreateDate>${y}-${mo}-${d}T${h}:${mi}:${s}+08:00</xmp:CreateDate>`));
  return packet.match(/<rdf:li xml:lang="x-default">([^]*?)<\/rdf:li>/)[1];
}

function checkFonts(name, objects) {
  const fonts = run('pdffonts', name).trim().split('\n').slice(2);
  assert.ok(fonts.length > 0);
  for (const font of fonts) assert.match(font, /^[A-Z]{6}\+\S+\s.*\syes yes yes\s/, '6.2.11 embedded, a subset, and readable back');
  for (const font of objects.filter((o) => /\/Subtype \/CIDFontType2/.test(o))) assert.match(font, /\/CIDToGIDMap \/Identity/, '6.2.11.3.2');
  for (const font of objects.filter((o) => /\/Subtype \/TrueType/.test(o))) assert.match(font, /\/Encoding \/WinAnsiEncoding/, '6.2.11.6');
}

/** The title in the metadata. `name`: where the file may be written. */
export function checkArchive(bytes, name) {
  writeFileSync(name, bytes);
  run('qpdf', '--check', name);
  checkFile(bytes);
  const objects = run('qpdf', '--qdf', '--object-streams=disable', '--no-original-object-ids', name, '-').split('\nendobj\n');
  checkCatalog(objects);
  checkFonts(name, objects);
  return checkMetadata(bytes.toString('latin1'), objects);
}
