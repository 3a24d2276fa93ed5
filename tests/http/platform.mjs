// A payment platform as far as order check asks one (A-78, handlers/acceptance/order_check.h), for
// development and tests. It knows the orders it was told of and keeps them in memory.
//
//   node tests/http/platform.mjs [PORT]          on 127.0.0.1, 8090 unless told
//
//   POST /orders {"order_no", "app_id"}           204; from now on it knows this order
//   PUT  /mode   {"mode": "up|down|strange"}      204; down: 503, strange: no answer of the agreed shape
//   GET  /?order_no=ORD…&app_id=<32 hex>          200 {"found": true|false}
import { createServer } from 'node:http';
import { pathToFileURL } from 'node:url';

const HOST = '127.0.0.1';

async function bodyOf(request) {
  let text = '';
  for await (const piece of request) text += piece;
  return JSON.parse(text);
}

/** {url, close()}; port 0: any that is free. */
export async function platform(port = 0) {
  const orders = new Map();
  let mode = 'up';

  function found(url) {
    if (mode === 'down') return [503, { error: 'down for maintenance' }];
    if (mode === 'strange') return [200, { found: 'yes' }];
    const app = orders.get(url.searchParams.get('order_no'));
    return [200, { found: app !== undefined && app === url.searchParams.get('app_id') }];
  }

  async function answer(request) {
    const url = new URL(request.url, `http://${HOST}`);
    switch (`${request.method} ${url.pathname}`) {
      case 'GET /':
        return found(url);
      case 'POST /orders': {
        const { order_no, app_id } = await bodyOf(request);
        orders.set(order_no, app_id);
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
    close: () => new Promise((done) => server.close(done)),
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { url } = await platform(Number(process.argv[2] ?? 8090));
  console.log(`PORTAL_ORDER_CHECK_URL=${url}`);
}
