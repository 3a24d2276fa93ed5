// What a scanner sends, and what no answer may look like.
import assert from 'node:assert/strict';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { performance } from 'node:perf_hooks';

const long = (text, size) => text.repeat(Math.ceil(size / text.length)).slice(0, size);

/** Texts that mean something to somebody; as JSON, in addresses and in headers. */
export const TEXTS = [
  "' OR '1'='1' -- ", "1; DROP TABLE unit; --", "\\'; SELECT SLEEP(9) #", "1' UNION SELECT password FROM staff/*", '%\' AND 1=0 --',
  '<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', 'javascript:alert(1)', '<!--#exec cmd="id"-->', '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
  '{{7*7}}', '${7*7}', '<%= 7*7 %>', '%s%s%n%x%99999999d', '{0}{1}{2}{3}', '#{7*7}',
  '../../../../../../etc/passwd', '..\\..\\..\\windows\\win.ini', '/etc/passwd', 'file:///etc/passwd', 'http://127.0.0.1:1/', '%2e%2e%2f%2e%2e%2fetc%2fpasswd',
  'a\r\nSet-Cookie: planted=1', 'a\r\n\r\nHTTP/1.1 200 OK\r\n\r\n<b>', '\n', '\t', '\u0001\u0002\u001b[31m', '\u007f', 'a\u0000b', '\u0085\u2028\u2029',
  '\u202eabc\u202c\u2066x\u2069', '\u200b\u200d\ufeff', '\ufffe\uffff', '𠮷𝔘👩‍👩‍👧‍👦', long('e\u0301\u0327', 900), 'ﷺ'.repeat(50), 'İıſK',
  '; id', '| id', '`id`', '$(id)', '=cmd|\'/C calc\'!A0', '*', '%', '_', '\\', '"', "'", '()=>{}', '[a-z]*(a+)+$', long('(a+)+', 500) + '!',
  '0', '-1', '1e9', '0x7f', '9223372036854775807', '9223372036854775808', '-9223372036854775809', '١٢٣', '１２３', 'NaN', 'Infinity', 'null', 'undefined', 'true',
  '2026-02-30', '0000-00-00', '9999-12-31', '2026-13', ' ', '', long('a', 300), long('长', 3000), long('f', 32), long('0', 32), long('F', 32), '__proto__', 'constructor',
];
/** JSON as it is written, in the place of a value. */
export const VALUES = [
  '1e400', '-1e400', '-0', '0.1', '1E2', '9223372036854775807', '9223372036854775808', '-9223372036854775809', long('9', 400),
  'null', 'true', 'false', '[]', '{}', '[[]]', '["a","a"]', '[null,1,{}]', '{"a":{"b":1}}', '"\\ud800"', '"\\udc00\\ud800"', '"\\u0000"', '"\\x41"', '01', '+1', "'a'", 'NaN', '.5', '1.', '--1', '"a', '',
  `[${long('"a",', 8000)}"a"]`, `${'['.repeat(10_000)}${']'.repeat(10_000)}`, `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`,
  Buffer.from([34, 0xc0, 0xaf, 34]), Buffer.from([34, 0xed, 0xa0, 0x80, 34]), Buffer.from([34, 0xff, 0xfe, 34]), Buffer.from([34, 0xf4, 0x90, 0x80, 0x80, 34]), Buffer.from([34, 0xe4, 0xbd, 34]), Buffer.from([34, 0, 34]), Buffer.from([34, 10, 34]),
];
/** Whole bodies. */
export const BODIES = [
  '', ' ', 'null', '1', '"a"', '[]', '[{}]', '{', '{}}', '{} {}', '{"a":1,"a":2}', '{"":""}', '{"__proto__":{"a":1}}', '{"a":1,}', '{a:1}', '// a\n{}', '\ufeff{}', 'a=b&c=d', '<a/>', '--x\r\n',
  `{"${long('k', 60_000)}":1}`, `{${Array.from({ length: 2000 }, (_, i) => `"k${i}":1`).join()}}`, `{"a":"${long('a', 1 << 20)}"}`, Buffer.alloc(1000), Buffer.alloc(70_000, 0xff), Buffer.from('{"\xff":1}', 'latin1'),
];
export const TYPES = ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/xml', 'application/jsonx', 'application/json; charset=utf-7', 'APPLICATION/JSON', '', 'a'.repeat(1000), 'application/json,text/html', 'image/svg+xml', 'application/offset+octet-stream'];
export const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'PROPFIND', 'FOO'];
/** Headers that reach a worker, or that people believe do. */
export const HEADERS = [
  'x-csrf-token', 'idempotency-key', 'origin', 'sec-fetch-site', 'sec-fetch-dest', 'cookie', 'if-none-match', 'if-modified-since', 'range', 'x-http-method-override', 'tus-resumable', 'upload-length', 'upload-offset', 'upload-metadata', 'upload-checksum',
  'upload-defer-length', 'host', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'forwarded', 'referer', 'user-agent', 'accept', 'accept-encoding', 'accept-language', 'authorization', 'x-original-url', 'x-accel-redirect', 'proxy', 'te', 'upgrade',
];

const H = 'Host: x\r\n';
const END = 'Connection: close\r\n\r\n';
const post = (more, body = '') => `POST /api/v1/captchas HTTP/1.1\r\n${H}${more}${END}${body}`;
const get = (path, more = '', version = '1.1') => `GET ${path} HTTP/${version}\r\n${H}${more}${END}`;
/** Bytes as no client of ours writes them; the status each is answered. */
export const RAW = [
  ['TRACE', `TRACE /api/v1/session HTTP/1.1\r\n${H}${END}`, 405],
  ['CONNECT', `CONNECT x:1 HTTP/1.1\r\n${H}${END}`, 400],
  ['a method nobody knows', `FOO /api/v1/site HTTP/1.1\r\n${H}${END}`, 405],
  ['a method in small letters', `get /api/v1/site HTTP/1.1\r\n${H}${END}`, 400],
  ['HTTP/1.0', 'GET /api/v1/site HTTP/1.0\r\n\r\n', 200],
  ['HTTP/1.1 without a host', 'GET /api/v1/site HTTP/1.1\r\n\r\n', 400],
  ['two hosts', `GET /api/v1/site HTTP/1.1\r\n${H}${H}${END}`, 400],
  ['a host that is none', `GET /api/v1/site HTTP/1.1\r\nHost: a b/c\r\n${END}`, 400],
  ['another host', `GET /api/v1/site HTTP/1.1\r\nHost: evil.example\r\n${END}`, 200],
  ['HTTP/2.0 in clear', get('/api/v1/site', '', '2.0'), 400],
  ['HTTP/3.0 in clear', get('/api/v1/site', '', '3.0'), 400],
  ['length and encoding', post('Content-Length: 6\r\nTransfer-Encoding: chunked\r\n', '0\r\n\r\nX'), 400],
  ['encoding and length', post('Transfer-Encoding: chunked\r\nContent-Length: 6\r\n', '0\r\n\r\nX'), 400],
  ['two lengths', post('Content-Length: 6\r\nContent-Length: 5\r\n', '0\r\n\r\nX'), 400],
  ['two encodings', post('Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n', '0\r\n\r\n'), 400],
  ['an encoding with a blank', post('Transfer-Encoding : chunked\r\n', '0\r\n\r\n'), 400],
  ['an encoding in a second line', post('Transfer-Encoding:\r\n chunked\r\n', '0\r\n\r\n'), 400],
  ['an encoding nobody knows', post('Transfer-Encoding: gzip, chunked\r\n', '0\r\n\r\n'), 400],
  ['identity', post('Transfer-Encoding: identity\r\n'), 400],
  ['a negative length', post('Content-Length: -1\r\n'), 400],
  ['a length with a sign', post('Content-Length: +1\r\n', 'x'), 400],
  ['a length beyond all numbers', post('Content-Length: 99999999999999999999\r\n'), 400],
  ['a length we do not take', post('Content-Length: 99999\r\n'), 413],
  ['chunks that are none', post('Transfer-Encoding: chunked\r\n', 'ZZ\r\n\r\n'), 400],
  ['a chunk beyond all numbers', post('Transfer-Encoding: chunked\r\n', 'ffffffffffffffffff\r\n'), 400],
  ['a header of 9 KB', get('/api/v1/session', `X: ${'a'.repeat(9000)}\r\n`), 431],
  ['60 headers of 1 KB', get('/api/v1/session', Array.from({ length: 60 }, (_, i) => `X${i}: ${'a'.repeat(1000)}\r\n`).join('')), 431],
  ['an address of 9 KB', get(`/api/v1/session?${'a'.repeat(9000)}`), 414],
  ['NUL in the address', get('/api/v1/se\0ssion'), 400],
  ['NUL, written', get('/api/v1/se%00ssion'), 400],
  ['NUL in a header', get('/api/v1/site', 'X: a\0b\r\n'), 400],
  ['an escape that is none', get('/api/v1/%zz'), 400],
  ['bytes that are no text', get('/api/v1/\xff\xfe'), 404],
  ['above the root', get('/assets/../../../etc/passwd'), 400],
  ['above the root, written', get('/assets/..%2f..%2f..%2fetc%2fpasswd'), 400],
  ['above the root, written twice', get('/assets/%252e%252e%252fetc/passwd.txt'), 404],
  ['files from outside', get('/_store/ab/cd/ef'), 404],
  ['files from outside, by a detour', get('/assets/..//_store/../portal.env'), 404],
  ['an error from outside', get('/_error/503'), 404],
  ['a folder', get('/assets/'), 404],
  ['a whole address', get('http://evil.example/api/v1/site'), 200],
  ['the asterisk', `OPTIONS * HTTP/1.1\r\n${H}${END}`, 400],
  ['writing a page', `PUT /index.html HTTP/1.1\r\n${H}Content-Length: 0\r\n${END}`, 405],
  ['a range beyond the file', get('/index.html', 'Range: bytes=99999999-\r\n'), 416],
  ['many ranges', get('/index.html', `Range: bytes=${Array(500).fill('0-1').join()}\r\n`), 200],
  ['a condition that fails', get('/index.html', 'If-Match: "x"\r\n'), 412],
  ['the beginning of TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n', 400],
  ['an underscore in the place of a hyphen', `DELETE /api/v1/session HTTP/1.1\r\n${H}X_CSRF_TOKEN: a\r\n${END}`, 403],
];

/** The status, the header lines and the body of what these bytes are answered. */
export function raw(base, bytes) {
  const { port } = new URL(base);
  return new Promise((done, fail) => {
    const socket = connect(Number(port), '127.0.0.1');
    const parts = [];
    const end = () => {
      socket.destroy();
      const text = Buffer.concat(parts).toString('latin1');
      const at = text.indexOf('\r\n\r\n');
      done({ status: parseInt(text.split(' ')[1], 10), head: text.slice(0, at), text: Buffer.from(text.slice(at + 4), 'latin1').toString() });
    };
    socket.on('data', (part) => {
      parts.push(part);
      if (/\r\n\r\n/.test(part) && /^HTTP\/1.1 413/.test(parts[0])) end(); // nginx waits for what it will throw away
    });
    socket.on('end', end);
    socket.on('error', (e) => (parts.length ? end() : fail(e)));
    socket.setTimeout(8000, () => fail(new Error('no answer')));
    socket.write(Buffer.from(bytes, 'latin1'));
  });
}

const agent = new Agent({ keepAlive: true, maxSockets: 16 });

/** One request with whatever headers Node lets through: {status, headers, text, ms}. */
export function ask(base, method, path, headers, body) {
  const started = performance.now();
  return new Promise((done, fail) => {
    const asked = request(base.replace('//localhost', '//127.0.0.1') + path, { method, agent, headers: { ...headers, ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }) } }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => done({ status: answer.statusCode, headers: answer.headers, text: Buffer.concat(parts).toString(), ms: performance.now() - started }));
      answer.on('error', fail);
    });
    asked.on('error', (e) => (e.code === 'EPIPE' || e.code === 'ECONNRESET' ? done(null) : fail(e))); // cut off while it still sends
    asked.end(body);
  });
}

const LEAK = /mysql|mariadb|sqlstate|errno|syntax to use|\bSELECT \b|redis|hiredis|sanitizer|runtime error|segmentation|traceback|\bat 0x|\.[ch]:\d+|assertion|\/work\/|\/var\/|root:x:/i;
const NEEDED = ['content-security-policy', 'x-content-type-options', 'x-frame-options', 'referrer-policy', 'cross-origin-resource-policy'];

/** What is wrong with an answer, whatever was asked; undefined when nothing is. */
export function wrong(answer, sent = '') {
  if (!answer) return undefined;
  const type = answer.headers['content-type'] ?? '';
  if (answer.status >= 500) return `status ${answer.status}`;
  if (answer.ms > 5000) return `${Math.round(answer.ms)} ms`;
  const missing = NEEDED.filter((name) => !answer.headers[name]);
  if (missing.length) return `no ${missing.join()}`;
  if (answer.headers.planted || /planted/.test(answer.headers['set-cookie'] ?? '')) return 'a header of the sender';
  if (answer.status >= 400 && answer.text && type !== 'application/problem+json') return `an error as ${type}`;
  if (answer.text && !type) return 'no content type';
  if (/html|svg|xml$/.test(type)) return `an answer as ${type}`;
  if (/json/.test(type) && answer.text) {
    try {
      JSON.parse(answer.text);
    } catch {
      return 'JSON that is none';
    }
  }
  if (answer.status >= 400 && LEAK.test(sent ? answer.text.replaceAll(JSON.stringify(sent).slice(1, -1), '') : answer.text)) return `it says ${answer.text.slice(0, 300)}`;
  return undefined;
}

export const fine = (answer, sent) => assert.equal(wrong(answer, sent), undefined);
