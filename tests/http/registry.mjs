// A register of enterprises as far as 资质认证 asks one (A-12, handlers/unit/registry.h), for development and
// tests. It knows the enterprises it was told of and keeps them in memory; of others it knows nothing.
//
//   node tests/http/registry.mjs [PORT]          on 127.0.0.1, 8091 unless told
//
//   POST /enterprises {"uscc", "name", "legal_name"}   204; from now on it knows this one
//   PUT  /mode        {"mode": "up|down|strange"}      204; down: 503, strange: no answer of the agreed shape
//   POST /            {"uscc", "name", "legal_name"}   200 each "agrees", "differs" or "unknown"
import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';

const HOST = '127.0.0.1';

async function bodyOf(request) {
  let text = '';
  for await (const piece of request) text += piece;
  return JSON.parse(text);
}

/** {url, close(), asked}; port 0: any that is free. */
export async function registry(port = 0) {
  const known = new Map();
  const asked = [];
  let mode = 'up';

  function compared(given) {
    if (mode === 'down') return [503, { error: 'down for maintenance' }];
    if (mode === 'strange') return [200, { uscc: 'yes' }];
    const held = known.get(given.uscc);
    const mark = (field) => (!held ? 'unknown' : held[field] === undefined ? 'unknown' : held[field] === given[field] ? 'agrees' : 'differs');
    return [200, { uscc: held ? 'agrees' : 'unknown', name: mark('name'), legal_name: mark('legal_name') }];
  }

  async function answer(request) {
    const url = new URL(request.url, `http://${HOST}`);
    switch (`${request.method} ${url.pathname}`) {
      case 'POST /': {
        const given = await bodyOf(request);
        asked.push(given);
        return compared(given);
      }
      case 'POST /enterprises': {
        const enterprise = await bodyOf(request);
        known.set(enterprise.uscc, enterprise);
        return [204];
      }
      case 'PUT /mode':
        ({ mode } = await bodyOf(request));
        return [204];
      default:
        return [404, { error: 'no such address' }];
    }
  }

  const server = createServer(async (request, response) => {
    const [status, body] = await answer(request).catch((error) => [400, { error: error.message }]);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(body && JSON.stringify(body));
  });
  await new Promise((done) => server.listen(port, HOST, done));
  return {
    url: `http://${HOST}:${server.address().port}/`,
    asked,
    close: () => new Promise((done) => server.close(done)),
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { url } = await registry(Number(process.argv[2] ?? 8091));
  console.log(`PORTAL_UNIT_CHECK_URL=${url}`);
}
