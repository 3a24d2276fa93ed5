// Sound files by as many tools as are at hand, all to be accepted:
//   node tests/samples/sound.mjs SAMPLES DIR
// SAMPLES is what tests/samples/make made. Writes DIR/* and DIR/sound.tsv: slot, file. Python is
// used when it is there, LibreOffice when it is and SOFFICE is set.
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { bytes, listed, pdf, pdfStream, samsung, vivo } from './formats.mjs';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';

const RARS = new URL('rar/', import.meta.url).pathname;
const [samples, dir] = process.argv.slice(2).map((d) => (d.startsWith('/') ? d : `${process.cwd()}/${d}`));
mkdirSync(dir, { recursive: true });
process.chdir(dir);
const rows = [];
const slotOf = (file) => ({ pdf: 'plan', jpg: 'app_screenshot', jpeg: 'app_screenshot', png: 'app_screenshot', mp4: 'video' })[file.split('.').pop()] ?? 'test_report';
const sound = (file) => existsSync(file) && rows.push(`${slotOf(file)}\t${file}`);
const run = (tool, ...args) => execFileSync(tool, args, { stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 64 << 20 });
const have = (tool) => {
  try {
    execFileSync('sh', ['-c', `command -v ${tool}`]);
    return true;
  } catch {
    return false;
  }
};
const PDF = `${samples}/申请函.pdf`;
const JPG = `${samples}/营业执照.jpg`;

// ---- pictures ----------------------------------------------------------------------------------

const jpgs = {
  plain: [], progressive: ['-interlace', 'Plane'], grey: ['-colorspace', 'Gray'], cmyk: ['-colorspace', 'CMYK'], full: ['-sampling-factor', '4:4:4'],
  best: ['-quality', '100'], worst: ['-quality', '5'], arithmetic: ['-define', 'jpeg:arithmetic-coding=true'], comment: ['-set', 'comment', '扫描件 Scanned by a scanner'],
  restart: ['-define', 'jpeg:restart-interval=8'], density: ['-density', '300'], strip: ['-strip'],
};
for (const [name, options] of Object.entries(jpgs))
  for (const size of ['1x1', '17x31', '640x480']) {
    run('convert', '-size', size, 'plasma:fractal', ...options, `${name}-${size}.jpg`);
    sound(`${name}-${size}.jpg`);
  }
run('convert', '-size', '4000x3000', 'gradient:blue-white', 'large.jpeg');
sound('large.jpeg');
/** What a camera adds: an APP1 with a small picture inside, and a colour profile. */
function exif(to, from) {
  run('convert', from, '-resize', '64x64', 'thumb.jpg');
  const thumb = readFileSync('thumb.jpg');
  const app = (marker, data) => Buffer.concat([Buffer.from([0xff, marker]), Buffer.from([(data.length + 2) >> 8, (data.length + 2) & 255]), data]);
  const tiff = Buffer.concat([Buffer.from('Exif\0\0II*\0\x08\0\0\0\0\0\0\0\0\0', 'latin1'), thumb]);
  const whole = readFileSync(from);
  writeFileSync(to, Buffer.concat([whole.subarray(0, 2), app(0xe1, tiff), app(0xe2, Buffer.concat([Buffer.from('ICC_PROFILE\0\x01\x01', 'latin1'), Buffer.alloc(500, 1)])),
    app(0xe1, Buffer.from('http://ns.adobe.com/xap/1.0/\0<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/"/><?xpacket end="w"?>')), whole.subarray(2)]));
  sound(to);
}
exif('camera.jpg', JPG);
exif('camera-progressive.jpg', 'progressive-640x480.jpg');

const photo = readFileSync('plain-640x480.jpg');
const jpgEnds = {
  filled: bytes(photo, Buffer.alloc(4096)), 'ended-twice': bytes(photo, [0xff, 0xd9]), line: bytes(photo, '\r\n'), samsung: samsung(photo, '\0\0\x01\n\x0e\0\0\0Image_UTC_Data1451234567890'),
  vivo: vivo(photo, 'com.vivo.gallery":{"mode":"photo"},"version":"1'), brighter: listed(photo, readFileSync('grey-640x480.jpg')), preview: listed(photo, readFileSync('plain-17x31.jpg'), 700),
  'brighter-samsung': samsung(listed(photo, readFileSync('grey-640x480.jpg')), '\0\0\x01\n\x0e\0\0\0Image_UTC_Data1451234567890'),
};
for (const [name, content] of Object.entries(jpgEnds)) (writeFileSync(`end-${name}.jpg`, content), sound(`end-${name}.jpg`));

const pngs = {
  plain: [], interlaced: ['-interlace', 'PNG'], palette: ['-colors', '64'], grey: ['-colorspace', 'Gray'], bits1: ['-monochrome'], grey2: ['-colorspace', 'Gray', '-depth', '2'],
  alpha: ['-alpha', 'set', '-channel', 'A', '-evaluate', 'set', '50%'], deep: ['-depth', '16'], text: ['-set', 'comment', '说明 This is a document.'], none: ['-quality', '0'], strip: ['-strip'],
};
for (const [name, options] of Object.entries(pngs))
  for (const size of ['1x1', '3x5', '9x7', '640x480']) {
    run('convert', '-size', size, 'plasma:fractal', ...options, `${name}-${size}.png`);
    sound(`${name}-${size}.png`);
  }

// ---- PDF ---------------------------------------------------------------------------------------

// Nothing is said of these streams but their length, and they are no text.
writeFileSync('palette.pdf', pdf({ objects: [pdfStream(Buffer.alloc(6, 1)), '[ /Indexed /DeviceRGB 1 4 0 R ]'] }));
writeFileSync('filled.pdf', pdf({ objects: [pdfStream(randomBytes(1 << 20))] })); // made larger, as tests do
writeFileSync('glyphs.pdf', pdf({ objects: [pdfStream(Buffer.from([0, 0, 0, 3])), '<< /Type /Font /CIDToGIDMap 4 0 R >>'] }));
for (const file of ['palette.pdf', 'glyphs.pdf', 'filled.pdf']) sound(file);

const qpdfs = {
  linear: ['--linearize'], packed: ['--object-streams=generate'], 'packed-linear': ['--object-streams=generate', '--linearize'], open: ['--object-streams=disable', '--stream-data=uncompress'],
  qdf: ['--qdf'], v13: ['--force-version=1.3'], v20: ['--min-version=2.0'], small: ['--recompress-flate', '--compression-level=9'], lines: ['--newline-before-endstream'],
  images: ['--optimize-images'], coalesced: ['--coalesce-contents'],
};
for (const file of readdirSync(samples).filter((f) => f.endsWith('.pdf')))
  for (const [name, options] of Object.entries(qpdfs)) {
    const to = `${name}-${file}`;
    run('qpdf', ...options, `${samples}/${file}`, to);
    sound(to);
  }
run('pdfunite', PDF, `${samples}/申请方案.pdf`, 'united.pdf');
run('pdftocairo', '-pdf', PDF, 'cairo.pdf');
run('pdftocairo', '-pdf', 'united.pdf', 'cairo2.pdf');
run('qpdf', '--object-streams=generate', 'cairo2.pdf', 'cairo-packed.pdf');
['united.pdf', 'cairo.pdf', 'cairo2.pdf', 'cairo-packed.pdf'].forEach(sound);
/** An incremental update, as signing and form-filling programs write them. */
function updated(to, from, more = '') {
  const old = readFileSync(from);
  const before = Number(old.toString('latin1').match(/startxref\s+(\d+)\s+%%EOF\s*$/)[1]);
  const size = Number(old.toString('latin1').match(/\/Size (\d+)/)[1]);
  const root = old.toString('latin1').match(/\/Root (\d+ \d+ R)/)[1];
  const object = `${size} 0 obj\n<< /Producer (an editor) >>\nendobj\n`;
  const table = old.length + object.length;
  writeFileSync(to, Buffer.concat([old, Buffer.from(`${object}xref\n${size} 1\n${String(old.length).padStart(10, '0')} 00000 n \ntrailer\n<< /Size ${size + 1} /Root ${root} /Info ${size} 0 R /Prev ${before} >>\nstartxref\n${table}\n%%EOF\n${more}`)]));
  sound(to);
}
updated('updated.pdf', PDF);
updated('updated-twice.pdf', 'updated.pdf', '\r\n\r\n');
// A line's end less: the update begins right behind %%EOF.
writeFileSync('unended.pdf', readFileSync(PDF).toString('latin1').trimEnd(), 'latin1');
updated('updated-unended.pdf', 'unended.pdf');
writeFileSync('filled.pdf', bytes(readFileSync(PDF), Buffer.alloc(512)));
sound('filled.pdf');

// ---- video -------------------------------------------------------------------------------------

const picture = ['-f', 'lavfi', '-i', 'testsrc=size=160x120:rate=10:duration=2'];
const tone = ['-f', 'lavfi', '-i', 'sine=duration=2'];
const mp4s = {
  end: [], front: ['-movflags', '+faststart'], fragments: ['-movflags', '+frag_keyframe+empty_moov'], dash: ['-movflags', '+dash+frag_keyframe'], tags: ['-movflags', '+use_metadata_tags', '-metadata', 'com.maker=手机', '-metadata', 'title=演示录屏'],
  hevc: ['-c:v', 'libx265', '-tag:v', 'hvc1', '-x265-params', 'log-level=none'], mpeg4: ['-c:v', 'mpeg4'], mjpeg: ['-c:v', 'mjpeg', '-pix_fmt', 'yuvj420p'], isom: ['-brand', 'isom'], mp41: ['-brand', 'mp41'], avc1: ['-brand', 'avc1'], turned: ['-metadata:s:v', 'rotate=90'],
  location: ['-metadata', 'location=+23.1291+113.2644/'], timecode: ['-timecode', '00:00:00:00'], bframes: ['-c:v', 'libx264', '-bf', '3'],
};
for (const [name, options] of Object.entries(mp4s))
  for (const sounds of [false, true]) {
    const to = `${name}${sounds ? '-sound' : ''}.mp4`;
    run('ffmpeg', '-nostdin', '-v', 'error', '-y', ...picture, ...(sounds ? tone : []), '-pix_fmt', 'yuv420p', ...options, to);
    sound(to);
  }
run('ffmpeg', '-nostdin', '-v', 'error', '-y', '-i', 'end-sound.mp4', '-i', 'plain-17x31.jpg', '-map', '0', '-map', '1', '-c', 'copy', '-disposition:v:1', 'attached_pic', 'cover.mp4');
sound('cover.mp4');
const box = (type, data) => Buffer.concat([Buffer.from([0, 0, (data.length + 8) >> 8, (data.length + 8) & 255]), Buffer.from(type), data]);
const end = readFileSync('end.mp4');
for (const brand of ['qt  ', 'M4V ', '3g2a', 'f4v ', 'XAVC', 'hvc1', 'mp71', 'iso8']) {
  const to = `brand-${brand.trim()}.mp4`;
  writeFileSync(to, bytes(end.subarray(0, 8), brand, end.subarray(12)));
  sound(to);
}
writeFileSync('boxes.mp4', Buffer.concat([end, box('free', Buffer.alloc(300)), box('uuid', Buffer.alloc(40, 7)), box('skip', Buffer.alloc(0))]));
sound('boxes.mp4');

// ---- archives and documents --------------------------------------------------------------------

mkdirSync('文件夹/里面', { recursive: true });
copyFileSync(PDF, '文件夹/申请函.pdf');
copyFileSync(JPG, '文件夹/里面/执照.jpg');
copyFileSync(`${samples}/测试报告.docx`, '文件夹/报告.docx');
writeFileSync('文件夹/空.txt', '');
writeFileSync('文件夹/报告.html', '<!DOCTYPE html><html><body>报告</body></html>');
const zips = { plain: [], best: ['-9'], wide: ['-fz'], late: ['-fd'], bare: ['-X', '-D'] };
for (const [name, options] of Object.entries(zips)) {
  run('zip', '-q', '-r', ...options, `info-${name}.zip`, '文件夹');
  sound(`info-${name}.zip`);
}
execFileSync('sh', ['-c', 'zip -q -z info-comment.zip 文件夹/空.txt <<E\n测试报告，第 1 版\nE\nzip -q -r - 文件夹 >info-pipe.zip; seq 9999 | zip -q info-stdin.zip -; cp info-plain.zip info-less.zip; zip -q -d info-less.zip 文件夹/空.txt; cp info-plain.zip info-more.zip; zip -q info-more.zip end.mp4']);
['info-comment.zip', 'info-pipe.zip', 'info-stdin.zip', 'info-less.zip', 'info-more.zip'].forEach(sound);
// Stored as they are: pictures, films, documents anywhere, a PDF where no reader looks for its header.
writeFileSync('first.txt', 'text '.repeat(500));
run('zip', '-q', '-0', '-j', 'stored.zip', JPG, 'end.mp4', 'plain-9x7.png', `${samples}/测试报告.docx`);
run('zip', '-q', '-0', '-j', 'stored-pdf.zip', 'first.txt', PDF, JPG);
['stored.zip', 'stored-pdf.zip'].forEach(sound);
copyFileSync(`${samples}/测试报告.docx`, 'stored-picture.docx');
mkdirSync('word/media', { recursive: true });
copyFileSync(JPG, 'word/media/image1.jpeg');
run('zip', '-q', '-0', 'stored-picture.docx', 'word/media/image1.jpeg');
sound('stored-picture.docx');
writeFileSync('info-line.zip', bytes(readFileSync('info-plain.zip'), '\n'));
sound('info-line.zip');
if (have('7z')) for (const level of ['0', '1', '9']) (run('7z', 'a', '-tzip', `-mx=${level}`, `seven-${level}.zip`, level === '0' ? '文件夹/里面' : '文件夹'), sound(`seven-${level}.zip`));
if (have('bsdtar')) (run('bsdtar', '-cf', 'tar.zip', '--format', 'zip', '文件夹'), sound('tar.zip'));
if (have('python3'))
  for (const [name, method] of [['stored', 'ZIP_STORED'], ['deflated', 'ZIP_DEFLATED']]) {
    run('python3', '-c', `import zipfile;z=zipfile.ZipFile('python-${name}.zip','w',zipfile.${method});[z.write(f) for f in ['文件夹/空.txt','文件夹/里面/执照.jpg','文件夹/报告.docx']]`);
    sound(`python-${name}.zip`);
  }
if (have('python3')) { // a directory sorted by name, entries as they came
  run('python3', '-c', "import zipfile;z=zipfile.ZipFile('sorted.zip','w',8);[z.writestr(f,f*99) for f in ['c.txt','a.txt','b.txt']];z.filelist.sort(key=lambda i:i.filename);z.close()");
  sound('sorted.zip');
}
copyFileSync(`${RARS}five.rar`, 'five.rar');
sound('five.rar');
if (have('soffice') && process.env.SOFFICE) { // slow: only when asked for
  writeFileSync('text.html', `<html><body><h1>测试报告</h1>${'<p>线上授权：通过。</p>'.repeat(60)}<img src="plain-640x480.jpg"><table><tr><td>1</td></tr></table></body></html>`);
  for (const format of ['doc:MS Word 97', 'docx:MS Word 2007 XML', 'odt:writer8']) run('soffice', '--headless', '--infilter=HTML (StarWriter)', '--convert-to', format, 'text.html');
  run('soffice', '--headless', '--convert-to', 'pdf', 'text.odt');
  ['text.doc', 'text.docx', 'text.pdf'].forEach(sound);
}
copyFileSync(`${samples}/测试报告.docx`, 'info.docx');
sound('info.docx');

writeFileSync('sound.tsv', `${rows.join('\n')}\n`);
