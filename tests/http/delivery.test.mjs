// How nginx hands out the pages: hashed names for ever, addresses of pages never from a cache,
// compressed by the build, and nothing but our own scripts.
import assert from 'node:assert/strict';
import { readdirSync, statSync } from 'node:fs';
import { request } from 'node:http';
import { before, describe, test } from 'node:test';
import { BASE, REVIEW, VAR } from './client.mjs';

/** Status, headers and size as they travel: fetch() would unpack them. */
const get = (base, path, encoding = 'identity') =>
  new Promise((resolve, reject) => {
    request(new URL(path, base), { headers: { 'Accept-Encoding': encoding } }, (answer) => {
      let size = 0;
      answer.on('data', (piece) => (size += piece.length));
      answer.on('end', () => resolve({ status: answer.statusCode, headers: answer.headers, size }));
    })
      .on('error', reject)
      .end();
  });

const POLICY = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'base-uri': "'self'",
  'object-src': "'none'",
  'frame-ancestors': "'none'",
};

for (const [name, base] of [['public', BASE], ['intranet', REVIEW]])
  describe(`the ${name} site`, () => {
    let assets;
    before(async () => {
      const html = await (await fetch(base)).text();
      assets = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+)"/g)].map((found) => found[1]);
      assert.ok(assets.some((path) => path.endsWith('.js')) && assets.some((path) => path.endsWith('.css')));
    });

    test('files with a hash in their name are kept for a year, compressed both ways', async () => {
      for (const path of assets) {
        assert.match(path, /-[\w-]{8}\.(js|css)$/);
        const plain = await get(base, `/${path}`);
        assert.equal(plain.headers['cache-control'], 'public, max-age=31536000, immutable', path);
        assert.equal(plain.headers['x-content-type-options'], 'nosniff');
        if (plain.size < 512) continue; // tools/compress.ts: not worth it
        for (const encoding of ['br', 'gzip']) {
          const packed = await get(base, `/${path}`, encoding);
          assert.equal(packed.headers['content-encoding'], encoding, path);
          assert.ok(packed.size < plain.size, path);
        }
      }
    });

    test('all of a first page is at most 90 KB as it travels', async (t) => {
      let sum = (await get(base, '/login', 'br')).size;
      for (const path of assets) sum += (await get(base, `/${path}`, 'br')).size;
      t.diagnostic(`first page of the ${name} site: ${(sum / 1024).toFixed(1)} KB, brotli`);
      assert.ok(sum <= 90 * 1024);
    });

    test('the page itself is asked for each time, under a strict policy, at addresses that are none with 404', async () => {
      const pages = ['/', '/login', '/Login/', '/applications/0123456789abcdef0123456789abcdef', `/login?next=${encodeURIComponent('/nowhere')}`];
      const none = ['/nobody/knows/this', '/logins', '/applications/0/1/2/3', '/assets', '/index', '/%E4%B8%AD', '/_nowhere'];
      for (const path of [...pages, ...none]) {
        const { status, headers } = await get(base, path, 'br');
        assert.equal(status, pages.includes(path) ? 200 : 404, path);
        assert.match(headers['content-type'], /^text\/html; charset=utf-8$/i);
        assert.equal(headers['cache-control'], 'no-cache');
        const policy = Object.fromEntries(headers['content-security-policy'].split('; ').map((part) => part.split(/ (.*)/)));
        for (const [directive, value] of Object.entries(POLICY)) assert.equal(policy[directive], value, directive);
        assert.doesNotMatch(headers['content-security-policy'], /unsafe|data:|\*/);
        assert.equal(headers['referrer-policy'], 'same-origin');
      }
    });

    test('a file that is not there is not a page', async () => {
      for (const path of ['/assets/index-00000000.js', '/robots.php', '/favicon.ico'])
        assert.equal((await get(base, path)).status, 404, path);
    });
  });

test('logs are read by our group alone', () => {
  const folder = `${VAR}/log`;
  const open = readdirSync(folder).filter((name) => statSync(`${folder}/${name}`).mode & 0o137);
  assert.deepEqual(open, []);
});
