// node client.js KEYS.json call ADDRESS SERVICE   data from standard input to the platform; prints its answer
// node client.js KEYS.json seal                   an envelope for each line of data
// node client.js KEYS.json open                   the data of each line, an answer of the platform
import { readFileSync } from 'node:fs';
import { canonical, open, parse, readKeys, seal } from './channel.js';

async function call(keys, address, service, data) {
  const answer = await fetch(`${address.replace(/\/$/, '')}/${service}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: seal(keys, data),
    signal: AbortSignal.timeout(10_000),
  });
  const { envelope, data: answered } = open(keys, await answer.text());
  if (envelope.success !== true) throw new Error(`${envelope.code}: ${envelope.message}`);
  return answered;
}

const [file, action, address, service] = process.argv.slice(2);
const actions = {
  seal: (keys, line) => seal(keys, parse(line)),
  open: (keys, line) => canonical(open(keys, line).data),
  call: async (keys, line) => canonical(await call(keys, address, service, parse(line))),
};
if (!actions[action]) {
  console.error('usage: node client.js KEYS.json call ADDRESS SERVICE | seal | open');
  process.exit(2);
}
try {
  const keys = readKeys(JSON.parse(readFileSync(file, 'utf8')));
  for (const line of readFileSync(0, 'utf8').split('\n').filter(Boolean)) console.log(await actions[action](keys, line));
} catch (error) {
  console.error(`client: ${error.message}`);
  process.exitCode = 1;
}
