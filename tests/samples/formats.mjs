// Small writers of the formats that no tool at hand writes, and the pieces others are put together from.
import { crc32 as crc, deflateRawSync, deflateSync } from 'node:zlib';

export { crc };

export const bytes = (...parts) => Buffer.concat(parts.map((p) => (typeof p === 'string' ? Buffer.from(p, 'latin1') : Buffer.from(p))));
export const le = (n, size) => Buffer.from(Array.from({ length: size }, (_, i) => Math.floor(n / 2 ** (8 * i)) & 255));
export const be = (n, size) => Buffer.from([...le(n, size)].reverse());

// ---- what goes into others ---------------------------------------------------------------------

export const HTML = bytes('<!DOCTYPE html><html><body><script>alert(1)</script></body></html>');
export const JS = bytes('*/=1;alert("x");eval("1");/*');

/** Beginnings of formats that nobody may upload, enough for their readers to know them by. */
export const RARER = {
  tar: bytes('a.txt', Buffer.alloc(95), '0000644\0', Buffer.alloc(149), 'ustar\x0000', Buffer.alloc(247), 'x'.repeat(512), Buffer.alloc(1024)),
  wave: bytes('RIFF', le(136, 4), 'WAVEfmt ', le(16, 4), Buffer.alloc(16), 'data', le(100, 4), Buffer.alloc(100)),
  ogg: bytes('OggS\0\x02', Buffer.alloc(20), [1, 30], '\x01vorbis', Buffer.alloc(23)),
  webm: bytes([0x1a, 0x45, 0xdf, 0xa3, 0x9f, 0x42, 0x86, 0x81, 1, 0x42, 0x82, 0x84], 'webm', Buffer.alloc(90)),
  gif: bytes('GIF89a', le(1, 2), le(1, 2), Buffer.alloc(20), ';'),
  seven: bytes('7z\xbc\xaf\x27\x1c\0\x04', Buffer.alloc(100)),
  cab: bytes('MSCF\0\0\0\0', le(100, 4), Buffer.alloc(88)),
  rtf: bytes('{\\rtf1\\ansi text}'),
  postscript: bytes('%!PS-Adobe-3.0\nshowpage\n'),
  php: bytes('<?php system($_GET["c"]); ?>'),
  svg: bytes('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
  shell: bytes('#!/bin/sh\nid\n'),
  elf: bytes('\x7fELF\x02\x01\x01', Buffer.alloc(100)),
  arj: arj('a.arj'),
  rar14: bytes('RE~^', le(7, 2), [0xc0, 7, 0, 0, 0, 7, 0], Buffer.alloc(20)),
  cpio: bytes('070701', '0'.repeat(88), '00000006', '00000000', 'a.txt\0', 'text'),
  cpioOld: bytes('070707', '0'.repeat(53), '000006', '00000000004', 'a.txt\0', 'text'),
  lha: bytes([35, 0], '-lh5-', le(100, 4), le(120, 4), le(0x58215821, 4), [0x20, 2], Buffer.alloc(40)),
  ace: bytes([1, 2, 49, 0, 0, 0, 0x90], '**ACE**', Buffer.alloc(40)),
  xar: bytes('xar!\0\x1c\0\x01', Buffer.alloc(20)),
};
function arj(name) {
  const head = bytes([34, 11, 1, 11, 16, 0, 2, 0], Buffer.alloc(26), name, '\0\0');
  return bytes([0x60, 0xea], le(head.length, 2), head, le(crc(head), 4), [0, 0]);
}

/** Fonts: found by their first bytes only, where a comment has room for them. */
export const FONTS = { font: bytes('OTTO\0\x0a\0\x80', Buffer.alloc(90)), woff: bytes('wOF2\0\x01\0\0', Buffer.alloc(90)) };

/** A program for DOS that could go on as one for Windows. */
export const EXE = bytes('MZ', Buffer.alloc(58), le(0x80, 4), Buffer.alloc(64), 'PE\0\0', Buffer.alloc(200, 0x90));

// ---- PDF -----------------------------------------------------------------------------------------

/** Objects (texts or buffers) with a table; `between` stands before the table, `head` behind the header. */
export function pdf({ objects = [], head = '', between = '', trailer = '', version = '1.4' } = {}) {
  const all = ['<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [3 0 R] /Count 1 >>', '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] >>', ...objects];
  const parts = [bytes(`%PDF-${version}\n%\xe2\xe3\xcf\xd3\n`), bytes(head)];
  const offsets = [];
  const length = () => parts.reduce((sum, p) => sum + p.length, 0);
  all.forEach((object, i) => {
    offsets.push(length());
    parts.push(bytes(`${i + 1} 0 obj\n`, object, '\nendobj\n'));
  });
  parts.push(bytes(between));
  const start = length();
  parts.push(bytes(`xref\n0 ${all.length + 1}\n0000000000 65535 f \n`, ...offsets.map((o) => `${String(o).padStart(10, '0')} 00000 n \n`)));
  parts.push(bytes(`trailer\n<< /Size ${all.length + 1} /Root 1 0 R ${trailer}>>\nstartxref\n${start}\n%%EOF\n`));
  return bytes(...parts);
}
export const pdfStream = (data, more = '') => bytes(`<< /Length ${data.length} ${more}>>\nstream\n`, data, '\nendstream');

// ---- PNG, JPG, MP4: pieces ---------------------------------------------------------------------

export const chunk = (type, data) => bytes(be(data.length, 4), type, data, be(crc(bytes(type, data)), 4));
export function png({ before = [], after = [], slack = '', width = 8, height = 8 } = {}) {
  const rows = Buffer.alloc(height * (1 + width * 3));
  return bytes('\x89PNG\r\n\x1a\n', chunk('IHDR', bytes(be(width, 4), be(height, 4), [8, 2, 0, 0, 0])), ...before,
    chunk('IDAT', bytes(deflateSync(rows), slack)), ...after, chunk('IEND', bytes()));
}
export const segment = (marker, data) => bytes([0xff, marker], be(data.length + 2, 2), data);
/** A segment put right behind the start of a picture. */
export const jpgWith = (jpg, ...segments) => bytes(jpg.subarray(0, 2), ...segments, jpg.subarray(2));
// What telephones put behind a JPEG.
/** Samsung: a block, a directory that says where it lies, both held together by marks. */
export const samsung = (jpg, note, size = bytes(note).length) =>
  bytes(jpg, note, 'SEFH', le(106, 4), le(1, 4), le(0, 2), le(0xa01, 2), le(bytes(note).length, 4), le(size, 4), le(24, 4), 'SEFT');
/** vivo: JSON and a mark at its end. */
export const vivo = (jpg, note) => bytes(jpg, 'vivo{"', note, '"}\0', [0xff, 0xff, 0xff, 0xff, 0x1b], '*9HWfu\x84\x93\xa2\xb1');
/** A list of pictures in the first one (CIPA DC-007), and the second behind it. */
export function listed(jpg, second, padding = 0) {
  const list = (offset) => bytes('MPF\0MM\0*', be(8, 4), be(1, 2), be(0xb002, 2), be(7, 2), be(32, 4), be(26, 4), be(0, 4),
    be(0x20030000, 4), be(jpg.length, 4), be(0, 4), be(0, 4), be(0, 4), be(bytes(second).length, 4), be(offset, 4), be(0, 4));
  const first = jpgWith(jpg, segment(0xe2, list(0)));
  const base = 2 + 4 + 4; // SOI, the segment's head, "MPF" and NUL
  return bytes(jpgWith(jpg, segment(0xe2, list(first.length + padding - base))), Buffer.alloc(padding, 0xff), second);
}
export const box = (type, data) => bytes(be(data.length + 8, 4), type, data);

// ---- ZIP -----------------------------------------------------------------------------------------

/**
 * entries: [{name, data, method = 8, extra, slack, flags, attributes, madeBy}]; gap stands before the directory,
 * comment behind the end, prefix before everything with offsets that know of it.
 */
export function zip(entries, { gap = '', comment = '', prefix = '' } = {}) {
  const parts = [bytes(prefix)];
  const directory = [];
  let at = parts[0].length;
  for (const e of entries) {
    const { name, method = 8, extra = '', slack = '', flags = 0, attributes = 0, madeBy = 20, size } = e;
    const data = bytes(e.data ?? '');
    const packed = bytes(method === 8 ? deflateRawSync(data) : data, slack);
    const common = bytes(le(flags, 2), le(method, 2), le(0, 2), le(0x5821, 2), le(crc(data), 4), le(packed.length, 4), le(size ?? data.length, 4));
    const file = bytes(Buffer.from(name));
    const local = bytes('PK\x03\x04', le(20, 2), common, le(file.length, 2), le(bytes(extra).length, 2), file, extra, packed);
    directory.push(bytes('PK\x01\x02', le(madeBy, 2), le(20, 2), common, le(file.length, 2), le(0, 2), le(0, 2), le(0, 2), le(0, 2), le(attributes, 4), le(at, 4), file));
    parts.push(local);
    at += local.length;
  }
  parts.push(bytes(gap));
  at += bytes(gap).length;
  const all = bytes(...directory);
  return bytes(...parts, all, 'PK\x05\x06', le(0, 4), le(entries.length, 2), le(entries.length, 2), le(all.length, 4), le(at, 4), le(bytes(comment).length, 2), comment);
}

const TYPES = (main) => `<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.${main}.main+xml"/></Types>`;
const RELS = '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>';
export const docxParts = (main = 'openxmlformats-officedocument.wordprocessingml.document') => [
  { name: '[Content_Types].xml', data: TYPES(main) },
  { name: '_rels/.rels', data: RELS },
  { name: 'word/document.xml', data: '<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p/></w:body></w:document>' },
];

// ---- RAR -----------------------------------------------------------------------------------------

const vint = (n) => {
  const out = [];
  for (; n > 127; n = Math.floor(n / 128)) out.push((n & 127) | 128);
  return bytes([...out, n]);
};
function block5(type, flags, fields, data = bytes(), extra = bytes()) {
  const head = bytes(vint(type), vint(flags | (extra.length ? 1 : 0) | (data.length ? 2 : 0)), extra.length ? vint(extra.length) : '', data.length ? vint(data.length) : '', fields, extra);
  const sized = bytes(vint(head.length), head);
  return bytes(le(crc(sized), 4), sized, data);
}
/** RAR 5, entries stored: [{name, data, extra}]. */
export const rar5 = (entries, { service = '', kind = 'CMT' } = {}) =>
  bytes('Rar!\x1a\x07\x01\x00', block5(1, 0, vint(0)),
    ...entries.map(({ name, data, extra, method = 0 }) =>
      block5(2, 0, bytes(vint(4), vint(bytes(data).length), vint(0x20), le(crc(bytes(data)), 4), vint(method), vint(1), vint(Buffer.from(name).length), Buffer.from(name)), bytes(data), extra)),
    service ? block5(3, 0, bytes(vint(0), vint(bytes(service).length), vint(0), vint(0), vint(1), vint(kind.length), kind), bytes(service)) : '',
    block5(5, 0, vint(0)));

function block4(type, flags, fields, data = bytes()) {
  const head = bytes([type], le(flags, 2), le(7 + fields.length, 2), fields);
  return bytes(le(crc(head) & 0xffff, 2), head, data);
}
/** RAR 4, entries stored. */
export const rar4 = (entries, { flags = 0x8000, main = 0 } = {}) =>
  bytes('Rar!\x1a\x07\x00', block4(0x73, main, Buffer.alloc(6)),
    ...entries.map(({ name, data, attributes = 0x81a4 }) =>
      block4(0x74, flags, bytes(le(bytes(data).length, 4), le(bytes(data).length, 4), [3], le(crc(bytes(data)), 4), le(0x58215821, 4), [20, 0x30], le(name.length, 2), le(attributes, 4), name), bytes(data))),
    block4(0x7b, 0x4000, bytes()));

// ---- DOC -----------------------------------------------------------------------------------------

/**
 * An OLE2 file: streams of at least 4,096 bytes, [{name, data}], and storages (names); `free` becomes sectors
 * that belong to nobody.
 */
export function ole(streams, { storages = [], free = '' } = {}) {
  const SECTOR = 512;
  const pad = (b) => bytes(b, Buffer.alloc((SECTOR - (b.length % SECTOR)) % SECTOR));
  const entry = (name, type, right, child, start, size) => {
    const text = Buffer.from(name, 'utf16le');
    return bytes(text, Buffer.alloc(64 - text.length), le(text.length + 2, 2), [type, 1], le(0xffffffff, 4), le(right, 4), le(child, 4), Buffer.alloc(36), le(start, 4), le(size, 4), le(0, 4));
  };
  const count = streams.length + storages.length;
  const directorySectors = Math.ceil((count + 1) / 4);
  const bodies = streams.map((s) => pad(bytes(s.data)));
  const gap = pad(bytes(free));
  const sectors = 1 + directorySectors + bodies.reduce((n, b) => n + b.length / SECTOR, 0) + gap.length / SECTOR;
  const fat = Buffer.alloc(SECTOR, 0xff);
  if (sectors > 128) throw new Error('too large for one table');
  fat.writeUInt32LE(0xfffffffd, 0);
  let at = 1;
  const chain = (n) => {
    const start = at;
    for (let i = 0; i < n; i++, at++) fat.writeUInt32LE(i + 1 < n ? at + 1 : 0xfffffffe, at * 4);
    return start;
  };
  chain(directorySectors);
  const starts = bodies.map((b) => chain(b.length / SECTOR));
  const entries = [entry('Root Entry', 5, 0xffffffff, count ? 1 : 0xffffffff, 0xfffffffe, 0)];
  streams.forEach((s, i) => entries.push(entry(s.name, 2, i + 2 <= count ? i + 2 : 0xffffffff, 0xffffffff, starts[i], bytes(s.data).length)));
  storages.forEach((name, i) => entries.push(entry(name, 1, streams.length + i + 2 <= count ? streams.length + i + 2 : 0xffffffff, 0xffffffff, 0, 0)));
  while (entries.length % 4) entries.push(Buffer.alloc(128));
  const header = bytes('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', Buffer.alloc(16), le(0x3e, 2), le(3, 2), le(0xfffe, 2), le(9, 2), le(6, 2), Buffer.alloc(6),
    le(0, 4), le(1, 4), le(1, 4), le(0, 4), le(4096, 4), le(0xfffffffe, 4), le(0, 4), le(0xfffffffe, 4), le(0, 4), le(0, 4), Buffer.alloc(432, 0xff));
  return bytes(header, fat, ...entries, ...bodies, gap);
}
export const word = (more = '') => ({ name: 'WordDocument', data: bytes(le(0xa5ec, 2), le(0xc1, 2), Buffer.alloc(4092), more) });
