// 营业执照 of an invented unit: a PDF of one page whose text can be read, or a picture of it. Nothing in them is real.
//
//   node tests/http/licence.mjs 统一社会信用代码 单位名称       makes one, and says where
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { randomBytes } from 'node:crypto';

const lines = ({ uscc, name, legal_name = '赵测试' }) => [
  '营业执照',
  `统一社会信用代码 ${uscc}`,
  `名称 ${name}`,
  `法定代表人 ${legal_name}`,
];

/** The units of UTF-16 in hex, as a font with two bytes a character takes them. */
const codes = (text) => Array.from(text, (_, i) => text.charCodeAt(i).toString(16).padStart(4, '0')).join('');

/* What the characters of the font mean: themselves, a block of 256 after the other. */
const meaning = `/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def
1 begincodespacerange <0000> <ffff> endcodespacerange
${[0, 100, 200].map((from) => {
  const blocks = Array.from({ length: Math.min(100, 256 - from) }, (_, i) => (from + i).toString(16).padStart(2, '0'));
  return `${blocks.length} beginbfrange\n${blocks.map((b) => `<${b}00> <${b}ff> <${b}00>`).join('\n')}\nendbfrange`;
}).join('\n')}
endcmap end end`;

function pdf(texts) {
  const page = `BT /F 16 Tf 60 760 Td 28 TL ${texts.map((text) => `<${codes(text)}> Tj T*`).join(' ')} ET`;
  const stream = (text) => `<< /Length ${text.length} >>\nstream\n${text}\nendstream`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>',
    stream(page),
    '<< /Type /Font /Subtype /Type0 /BaseFont /Sample /Encoding /Identity-H /DescendantFonts [6 0 R] /ToUnicode 7 0 R >>',
    '<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Sample /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 /FontDescriptor 8 0 R >>',
    stream(meaning),
    '<< /Type /FontDescriptor /FontName /Sample /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>',
  ];
  let text = '%PDF-1.4\n';
  const at = objects.map((object, i) => {
    const offset = text.length;
    text += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return String(offset).padStart(10, '0');
  });
  const table = text.length;
  text += `xref\n0 ${at.length + 1}\n0000000000 65535 f \n${at.map((offset) => `${offset} 00000 n \n`).join('')}`;
  return `${text}trailer\n<< /Size ${at.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`;
}

const place = (extension) => join(tmpdir(), `licence-${randomBytes(8).toString('hex')}.${extension}`);

/** The file of a licence of that unit: {uscc, name}. */
export function licence(unit) {
  const file = place('pdf');
  writeFileSync(file, pdf(lines(unit)));
  return file;
}

/** The same as a photograph: crisp, and nothing but pixels. */
export function photograph(unit, extension = 'jpg') {
  const file = place(extension);
  const font = '/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc';
  const drawn = lines(unit).flatMap((text, i) => ['-annotate', `+60+${90 + i * 80}`, text]);
  execFileSync('convert', ['-size', '1000x420', 'xc:white', '-font', font, '-fill', 'black', '-pointsize', '32', ...drawn, '-quality', '92', file]);
  return file;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [uscc, name] = process.argv.slice(2);
  console.log(licence({ uscc, name }));
}
