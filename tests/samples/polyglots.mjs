// Files that are two things at once, or not what they say, all to be refused:
//   node tests/samples/polyglots.mjs SAMPLES DIR
// SAMPLES is what tests/samples/make made. Writes DIR/* and DIR/hostile.tsv: slot, file.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { be, box, bytes, chunk, docxParts, EXE, FONTS, HTML, JS, jpgWith, le, listed, ole, pdf, pdfStream, png, RARER, rar4, rar5, samsung, segment, vivo, word, zip } from './formats.mjs';

const [samples, dir] = process.argv.slice(2);
const sample = (name) => readFileSync(`${samples}/${name}`);
mkdirSync(dir, { recursive: true });

const small = (args, to) => {
  execFileSync('convert', ['-size', '16x16', 'plasma:fractal', ...args, `${dir}/${to}`]);
  return readFileSync(`${dir}/${to}`);
};
const jpg = small(['-quality', '80'], 'guest.jpg');
execFileSync('ffmpeg', ['-nostdin', '-v', 'error', '-y', '-f', 'lavfi', '-i', 'testsrc=size=64x64:rate=5:duration=1', '-pix_fmt', 'yuv420p', '-bitexact', `${dir}/guest.mp4`]);
const mp4 = readFileSync(`${dir}/guest.mp4`);

/** One sound file of each kind. */
const good = {
  pdf: pdf(),
  jpg,
  png: png(),
  mp4,
  zip: zip([{ name: 'a.txt', data: 'text '.repeat(99) }]),
  rar: rar5([{ name: 'a.txt', data: 'text' }]),
  doc: ole([word()]),
  docx: zip(docxParts()),
};
const guests = { ...good, html: HTML, js: JS, exe: EXE };
const slotOf = (kind) => ({ pdf: 'plan', jpg: 'app_screenshot', png: 'app_screenshot', mp4: 'video' })[kind] ?? 'test_report';

const rows = [];
let count = 0;
function hostile(kind, name, content) {
  const file = `${String(++count).padStart(3, '0')}-${name}.${kind}`;
  writeFileSync(`${dir}/${file}`, content);
  rows.push(`${slotOf(kind)}\t${file}`);
}

/** A PDF moved by n bytes: readers look for its header there, its table says so. */
const zipAfter = (prefix) => zip([{ name: 'a.txt', data: 'text '.repeat(99) }], { prefix });
/** The box mdat, made longer at its end: tables that point behind it would move, so the index stays in front. */
function intoMdat(guest) {
  const at = mp4.indexOf('mdat') - 4;
  const size = mp4.readUInt32BE(at);
  return bytes(mp4.subarray(0, at), be(size + guest.length, 4), mp4.subarray(at + 4, at + size), guest, mp4.subarray(at + size));
}

// Where each kind has room for a stranger.
const rooms = {
  pdf: {
    stream: (g) => pdf({ objects: [pdfStream(g)] }),
    comment: (g) => pdf({ head: bytes('%', bytes(g).filter((b) => b !== 10 && b !== 13), '\n') }),
    gap: (g) => pdf({ between: g }),
    string: (g) => pdf({ objects: [bytes('(', bytes(g).filter((b) => b !== 40 && b !== 41 && b !== 92), ')')] }),
    packedLast: (g) => bytes(pdf().subarray(0, -1), '\n%', g, '\n%%EOF\n'),
  },
  jpg: {
    comment: (g) => jpgWith(jpg, segment(0xfe, g)),
    app: (g) => jpgWith(jpg, segment(0xe9, g)),
    exifLike: (g) => jpgWith(jpg, segment(0xe0, g)),
    late: (g) => bytes(jpg.subarray(0, -2), segment(0xfe, g), jpg.subarray(-2)),
  },
  png: {
    text: (g) => png({ before: [chunk('tEXt', bytes('Comment\0', g))] }),
    own: (g) => png({ before: [chunk('prVt', g)] }),
    late: (g) => png({ after: [chunk('prVt', g)] }),
    slack: (g) => png({ slack: g }),
  },
  mp4: {
    free: (g) => bytes(mp4, box('free', g)),
    early: (g) => bytes(mp4.subarray(0, be32(0)), box('skip', g), mp4.subarray(be32(0))),
    uuid: (g) => bytes(mp4, box('uuid', bytes(Buffer.alloc(16, 7), g))),
    user: (g) => bytes(mp4, box('udta', box('name', g))),
    mdat: intoMdat,
  },
  zip: zipRooms([{ name: 'a.txt', data: 'text '.repeat(99) }]),
  docx: zipRooms(docxParts()),
  rar: {
    comment: (g) => rar5([{ name: 'a.txt', data: 'x' }], { service: g }),
    name: (g) => rar5([{ name: bytes(g).toString('latin1'), data: 'x' }]),
  },
  doc: {
    free: (g) => ole([word()], { free: g }),
    stream: (g) => ole([word(), { name: 'Hidden', data: bytes(g, Buffer.alloc(4096)) }]),
  },
};
function zipRooms([first, ...rest]) {
  return {
    gap: (g) => zip([first, ...rest], { gap: g }),
    comment: (g) => zip([first, ...rest], { comment: g }),
    extra: (g) => zip([{ ...first, extra: bytes(le(0x4242, 2), le(bytes(g).length, 2), g) }, ...rest]),
    slack: (g) => zip([{ ...first, slack: g }, ...rest]),
  };
}
function be32(at) {
  return mp4.readUInt32BE(at);
}

for (const [kind, host] of Object.entries(good))
  for (const [guestKind, guest] of Object.entries(guests)) {
    hostile(kind, `behind-${guestKind}`, bytes(host, guest));
    hostile(kind, `before-${guestKind}`, bytes(guest, host));
    if (guestKind === kind) continue;
    // JPEG and PNG are what documents are made of; a picture in a stream of its own is no second file.
    for (const [room, put] of Object.entries(rooms[kind])) {
      const lost = (kind === 'pdf' && room === 'comment' && guestKind === 'png') || room === 'name'; // without its line ends it is none
      const held = lost || (kind === 'doc' && room === 'stream' && /jpg|png|js/.test(guestKind)) || (kind === 'pdf' && /stream|string/.test(room) && guestKind === 'js') ||
        (/mdat|user|name/.test(room) && guestKind === 'js') || (kind === 'mp4' && room === 'mdat' && guestKind === 'jpg') || (kind === 'mp4' && room === 'uuid' && /jpg|png/.test(guestKind)); // cameras keep a small picture there
      if (!held) hostile(kind, `${room}-${guestKind}`, put(guest));
    }
  }

// Whatever else has readers of its own: behind, before, and where there is room for notes.
for (const [kind, host] of Object.entries(good))
  for (const [guestKind, guest] of Object.entries(RARER)) {
    hostile(kind, `behind-${guestKind}`, bytes(host, guest));
    hostile(kind, `before-${guestKind}`, bytes(guest, host));
    for (const room of ['comment', 'app', 'late', 'text', 'own', 'free', 'early', 'uuid', 'stream'])
      if (rooms[kind][room] && !/^docstream|^pdfstreampostscript/.test(kind + room + guestKind)) hostile(kind, `${room}-${guestKind}`, rooms[kind][room](guest)); // Word keeps sounds and pictures so, Illustrator its own
  }
for (const [name, data] of Object.entries(FONTS)) hostile('jpg', `comment-${name}`, rooms.jpg.comment(data));
// Readers of these look at one place, whatever stands before it.
const padded = (before, mark, to) => { const b = Buffer.alloc(to - before, 0x20); b.write(mark, b.length - mark.length, 'latin1'); return b; };
hostile('jpg', 'dicom', jpgWith(jpg, segment(0xfe, padded(6, 'DICM', 132))));
hostile('jpg', 'tar', jpgWith(jpg, segment(0xfe, padded(6, 'ustar', 262))));
hostile('jpg', 'disc', jpgWith(jpg, segment(0xfe, padded(6, 'CD001', 0x8006))));
hostile('png', 'tar', png({ before: [chunk('prVt', padded(41, 'ustar', 262))] }));
hostile('mp4', 'disc', bytes(mp4.subarray(0, be32(0)), box('free', padded(be32(0) + 8, 'CD001', 0x8006)), mp4.subarray(be32(0))));

// ---- tricks of their own -----------------------------------------------------------------------

hostile('zip', 'pdf-stored-first', zip([{ name: 'a.pdf', data: good.pdf, method: 0 }]));
hostile('docx', 'pdf-stored-first', zip([{ name: 'a.pdf', data: good.pdf, method: 0 }, ...docxParts()]));
// A directory in another order hides no gap, and none of its entries may lie in another's content.
const twice = zip([{ name: 'b.txt', data: good.zip, method: 0 }, { name: 'a.txt', data: 'text' }]);
const inner = Buffer.from(twice);
inner.writeUInt32LE(30 + 'b.txt'.length, inner.lastIndexOf('PK\x01\x02') + 42); // a.txt begins inside b.txt
hostile('zip', 'entry-in-entry', inner);
for (const kind of ['pdf', 'rar']) hostile('zip', `stored-near-the-start-${kind}`, zip([{ name: 'a.txt', data: 'x', method: 0 }, { name: 'b', data: good[kind], method: 0 }]));
hostile('zip', 'knows-its-prefix', zipAfter(good.pdf));
hostile('pdf', 'zip-knows-its-prefix', zipAfter(good.pdf));
hostile('jpg', 'zip-knows-its-prefix', zipAfter(good.jpg));
hostile('png', 'zip-knows-its-prefix', zipAfter(good.png));
hostile('mp4', 'zip-knows-its-prefix', zipAfter(good.mp4));
hostile('doc', 'zip-knows-its-prefix', zipAfter(good.doc));
hostile('pdf', 'zip-around', bytes(zipAfter(pdf({ objects: [pdfStream(good.zip)] })).subarray(0, -1), '\n%%EOF\n'));
hostile('jpg', 'script', jpgWith(jpg, bytes([0xff, 0xe0], '/*', Buffer.alloc(0x2f2a - 4), '*/=alert(1)/*')));
hostile('doc', 'sheet', ole([word(), { name: 'Workbook', data: Buffer.alloc(4096) }]));
hostile('docx', 'sheet', zip([...docxParts(), { name: 'xl/workbook.xml', data: '<x/>' }]));
hostile('docx', 'java', zip([...docxParts(), { name: 'META-INF/MANIFEST.MF', data: 'Main-Class: A' }]));
hostile('zip', 'java', zip([{ name: 'META-INF/MANIFEST.MF', data: 'Main-Class: A' }]));

// ---- one format, but none that is taken ------------------------------------------------------------

/** Packed in a stream by qpdf, where no name can be read as it stands. */
function packedBy(object) {
  const from = `${dir}/open.pdf`, to = `${dir}/packed.pdf`;
  writeFileSync(from, pdf({ objects: [object] }));
  execFileSync('qpdf', ['--object-streams=generate', '--preserve-unreferenced', from, to]);
  return to;
}
hostile('pdf', 'javascript-packed', readFileSync(packedBy('<< /S /JavaScript /JS (app.alert(1)) >>')));
hostile('pdf', 'attachment-packed', readFileSync(packedBy('<< /Names << /EmbeddedFiles << /Names [] >> >> >>')));
for (const [name, object] of Object.entries({
  javascript: '<< /S /JavaScript /JS (app.alert(1)) >>',
  'javascript-written-otherwise': '<< /S /Java#53cript /JS (app.alert(1)) >>',
  launch: '<< /S /Launch /F (cmd.exe) >>',
  attachment: '<< /Names << /EmbeddedFiles << /Names [] >> >> >>',
}))
  hostile('pdf', name, pdf({ objects: [object] }));
hostile('pdf', 'no-page', bytes(pdf().toString('latin1').replace('[3 0 R] /Count 1', '[     ] /Count 0')));
hostile('pdf', 'cut', good.pdf.subarray(0, -60));
hostile('pdf', 'encrypted', readFileSync(`${samples}/bad/加密的申请函.pdf`));
hostile('jpg', 'cut', jpg.subarray(0, -2));
hostile('jpg', 'pixels', (() => { const big = Buffer.from(jpg); const at = big.indexOf(bytes([0xff, 0xc0])); big.writeUInt16BE(65000, at + 5); big.writeUInt16BE(65000, at + 7); return big; })());
hostile('png', 'cut', good.png.subarray(0, -12));
hostile('png', 'pixels', png({ width: 100000, height: 1 }).fill(be(100000, 4), 20, 24));
hostile('png', 'checksum', Buffer.from(good.png).fill(1, 30, 31));
hostile('mp4', 'cut', mp4.subarray(0, -10));
hostile('mp4', 'sound-only', (() => { execFileSync('ffmpeg', ['-nostdin', '-v', 'error', '-y', '-f', 'lavfi', '-i', 'sine=duration=1', '-brand', 'mp42', `${dir}/sound.mp4`]); return readFileSync(`${dir}/sound.mp4`); })());
for (const [name, guest] of Object.entries({ zip: good.zip, pdf: good.pdf, film: mp4, page: HTML })) {
  hostile('jpg', `samsung-${name}`, samsung(jpg, guest));
  hostile('jpg', `vivo-${name}`, vivo(jpg, bytes(guest)));
  hostile('jpg', `listed-${name}`, listed(jpg, guest));
  hostile('jpg', `behind-listed-${name}`, bytes(listed(jpg, jpg), guest));
}
hostile('jpg', 'twice-and-not-listed', bytes(jpg, jpg));
hostile('zip', 'absolute', zip([{ name: '/etc/passwd', data: 'x' }]));
hostile('zip', 'up', zip([{ name: 'a/../../b', data: 'x' }]));
hostile('zip', 'up-windows', zip([{ name: '..\\b', data: 'x' }]));
hostile('zip', 'drive', zip([{ name: 'C:b', data: 'x' }]));
hostile('zip', 'link', zip([{ name: 'a', data: '/etc/passwd', attributes: 0xa1ff0000, madeBy: 0x0314 }]));
hostile('zip', 'encrypted', zip([{ name: 'a', data: 'x', flags: 1 }]));
hostile('zip', 'bomb', zip([{ name: 'a', data: Buffer.alloc(200 << 20) }]));
hostile('zip', 'lies', zip([{ name: 'a', data: Buffer.alloc(1 << 20), size: 100 }]));
hostile('zip', 'many', zip(Array.from({ length: 10001 }, (_, i) => ({ name: `${i}`, method: 0 }))));
hostile('zip', 'deep', zip([{ name: 'a.zip', data: zip([{ name: 'b.zip', data: zip([{ name: 'c.zip', data: good.zip }]) }]) }]));
hostile('zip', 'nested-bomb', zip(Array.from({ length: 6 }, (_, i) => ({ name: `${i}.zip`, data: zip([{ name: 'a', data: Buffer.alloc(100 << 20) }]) }))));
hostile('zip', 'gap-before-directory', zip([{ name: 'a', data: 'x' }], { gap: 'hidden' }));
hostile('zip', 'same-bytes-twice', (() => { // as the bombs that unpack the same data from many entries
  const one = zip([{ name: 'a', data: 'text '.repeat(2000) }]);
  const directory = one.subarray(one.indexOf('PK\x01\x02'), one.lastIndexOf('PK\x05\x06'));
  const end = Buffer.from(one.subarray(one.lastIndexOf('PK\x05\x06')));
  for (const at of [8, 10]) end.writeUInt16LE(50, at);
  end.writeUInt32LE(directory.length * 50, 12);
  return bytes(one.subarray(0, one.indexOf('PK\x01\x02')), ...Array(50).fill(directory), end);
})());
hostile('zip', 'overlap', (() => { const one = zip([{ name: 'a', data: 'x' }, { name: 'b', data: 'y' }]); const at = one.lastIndexOf('PK\x01\x02'); return one.fill(le(0, 4), at + 42, at + 46); })());
hostile('docx', 'macro', zip([...docxParts(), { name: 'word/vbaProject.bin', data: 'x' }]));
hostile('docx', 'macro-by-type', zip(docxParts('ms-word.document.macroEnabled')));
hostile('doc', 'macro', ole([word()], { storages: ['Macros'] }));
hostile('doc', 'none', ole([{ name: 'Book', data: Buffer.alloc(4096) }]));
hostile('rar', 'encrypted', rar5([{ name: 'a', data: 'x', extra: bytes([2, 1, 0]) }]));
hostile('rar', 'link', rar5([{ name: 'a', data: 'x', extra: bytes([3, 5, 1, 0]) }]));
hostile('rar', 'up', rar5([{ name: '../a', data: 'x' }]));
hostile('rar', 'old-up', rar4([{ name: '..\\a', data: 'x' }]));
hostile('rar', 'old-encrypted', rar4([{ name: 'a', data: 'x' }], { flags: 0x8004 }));
hostile('rar', 'cut', good.rar.subarray(0, -4));

writeFileSync(`${dir}/hostile.tsv`, `${rows.join('\n')}\n`);

// The hosts themselves are sound, or nothing above would show anything.
mkdirSync(`${dir}/hosts`, { recursive: true });
const hosts = { ...good, 'old.rar': rar4([{ name: 'a.txt', data: 'text' }]) };
writeFileSync(`${dir}/hosts.tsv`, Object.entries(hosts).map(([kind, content]) => {
  const file = `hosts/host.${kind}`;
  writeFileSync(`${dir}/${file}`, content);
  return `${slotOf(kind)}\t${file}\n`;
}).join(''));
