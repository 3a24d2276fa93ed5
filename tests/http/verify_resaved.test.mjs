// 反馈单核验 of files that are no sheet as it was issued: saved again, annotated or printed to PDF they still say
// what their sheet says, and whoever has one is asked for the file itself; a forged one does not.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { after, before, test } from 'node:test';
import { ready, SAMPLES, sheet, submitted } from './cases.mjs';
import { Client } from './client.mjs';
import { everyDesk, passChain, readyOperator } from './people.mjs';
import { sealOf } from './seal.mjs';

const anyone = new Client();
const folder = mkdtempSync(`${tmpdir()}/resaved-`);
const files = {};

const verify = (bytes) => anyone.call('POST', 'verify', bytes, 200, { 'content-type': 'application/pdf' });
const textOf = (name) => execFileSync('pdftotext', ['-raw', `${folder}/${name}.pdf`, '-'], { encoding: 'utf8' });
const resave = (name, ...words) => {
  execFileSync(words[0], [...words.slice(1), `${folder}/${name}.pdf`, `${folder}/out.pdf`]);
  return readFileSync(`${folder}/out.pdf`);
};

/** A PDF that says these lines, as any program may make it. */
function typed(lines) {
  const hex = (text) => Buffer.from(text, 'utf16le').swap16().toString('hex');
  const content = `BT /F 9 Tf 10 TL 20 800 Td ${lines.map((line) => `<${hex(line)}> Tj T*`).join('\n')} ET`;
  const map = `/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def
1 begincodespacerange <0000> <ffff> endcodespacerange
1 beginbfrange <0000> <ffff> <0000> endbfrange endcmap end end`;
  const stream = (text) => `<< /Length ${Buffer.byteLength(text)} >>\nstream\n${text}\nendstream`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 842 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>',
    stream(content),
    '<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H /ToUnicode 6 0 R /DescendantFonts [7 0 R] >>',
    stream(map),
    '<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 500 >>',
  ];
  let text = '%PDF-1.4\n';
  const at = objects.map((object, i) => {
    const begin = text.length;
    text += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return begin;
  });
  const xref = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${at.map((n) => `${String(n).padStart(10, '0')} 00000 n \n`).join('')}`;
  return Buffer.from(`${text}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${xref}\n%%EOF\n`);
}

/** The file with a note that a reader has put on it: an update behind its end, as readers save them. */
function annotated(pdf) {
  const text = pdf.toString('latin1');
  const root = /\/Root (\d+) 0 R/.exec(text)[1];
  const size = Number(/\/Size (\d+)/.exec(text)[1]);
  const previous = /startxref\n(\d+)\n%%EOF\n$/.exec(text)[1];
  const note = `${size} 0 obj\n<< /Type /Annot /Subtype /Text /Rect [10 10 30 30] /Contents (seen) >>\nendobj\n`;
  const xref = pdf.length + note.length;
  return Buffer.concat([pdf, Buffer.from(`${note}xref\n${size} 1\n${String(pdf.length).padStart(10, '0')} 00000 n \ntrailer\n<< /Size ${size + 1} /Root ${root} 0 R /Prev ${previous} >>\nstartxref\n${xref}\n%%EOF\n`, 'latin1')]);
}

before(async () => {
  const who = await readyOperator('hospital', SAMPLES);
  const number = await submitted(who, 'hospital', 'auth');
  await passChain(await everyDesk(), number);
  const d = await ready(who, number, 'test');
  for (const kind of ['payment', 'identity']) {
    files[kind] = Buffer.from(await (await who.client.send('GET', sheet(d, 'test', kind).url)).arrayBuffer());
    writeFileSync(`${folder}/${kind}.pdf`, files[kind]);
  }
});
after(() => rmSync(folder, { recursive: true }));

test('saved again by a program, annotated, or printed to PDF: asked for the file itself, and told what it says', async () => {
  for (const kind of ['payment', 'identity']) {
    const all = {
      'saved again': resave(kind, 'qpdf'),
      'saved for the web': resave(kind, 'qpdf', '--linearize'),
      'saved with its streams open': resave(kind, 'qpdf', '--qdf', '--object-streams=disable'),
      'printed to PDF': resave(kind, 'pdftocairo', '-pdf'),
      annotated: annotated(files[kind]),
      'with a blank line behind its end': Buffer.concat([files[kind], Buffer.from('\n')]),
      'typed again, word by word': typed(textOf(kind).split('\n')),
    };
    for (const [how, bytes] of Object.entries(all)) {
      assert.ok(!bytes.equals(files[kind]));
      const found = await verify(bytes);
      assert.equal(found.status, 'resaved', `${kind}, ${how}`);
      assert.equal(found.status_text, '可能被另存或批注，请用下载的原文件');
      assert.deepEqual([found.number, found.kind], [sealOf(files[kind]).number, kind]);
    }
    assert.equal((await verify(files[kind])).status, 'valid');
  }
});

test('forged: another 应用ID, name, key, environment or day under a number that is known; a number nobody issued', async () => {
  const text = textOf('payment');
  const { app_id, app_name, number, initiator } = await verify(files.payment);
  const halves = (value) => [value.slice(0, 16), value.slice(16)];
  const turned = (piece) => piece.replace(/[0-9a-f]/i, (c) => (c === '1' ? '2' : '1'));
  const [head] = halves(app_id);
  assert.ok(text.includes(head), 'the 应用ID stands in two lines of its cell');
  const forgeries = {
    应用ID: text.replace(head, turned(head)),
    name: text.replaceAll(app_name, '别的应用'),
    environment: text.replaceAll('(测试环境)', '(正式环境)'),
    'both environments': text.replace('(测试环境)', '(测试环境)(正式环境)'),
    who: text.replaceAll(initiator, '四川省医疗保障局'),
    day: text.replace(/(\d{4})年/, '1999年'),
  };
  for (const [what, forged] of Object.entries(forgeries)) {
    assert.notEqual(forged, text, what);
    const found = await verify(typed(forged.split('\n')));
    assert.equal(found.status, 'altered', what);
    assert.match(found.status_text, /不一致，请勿采信/);
    assert.equal(found.app_id, app_id, 'what was issued, to compare');
  }
  const unknown = await verify(typed(text.replaceAll(number, '0'.repeat(32)).split('\n')));
  assert.equal(unknown.number, undefined);
  assert.notEqual(unknown.status, 'resaved');
});

test('bytes no reader makes anything of, and large ones, are answered at once', async () => {
  for (const bytes of [Buffer.from('%PDF-'), Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(900_000, 'x')]), files.payment.subarray(0, 5000)])
    assert.ok(['unsealed', 'altered'].includes((await verify(bytes)).status));
  assert.equal((await anyone.send('POST', 'verify', Buffer.alloc((1 << 20) + 1), { 'content-type': 'application/pdf' })).status, 413);
});
