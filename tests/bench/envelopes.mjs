// Envelopes: sealed and opened per second in one process, then bench and sandbox requests per second
// through nginx, and what a diagnosis costs at worst. Environment as for tests/http.
import { LIBRARIES, checkAll, envelope, keysOf, sealed, sheet as made } from '../http/channel.mjs';
import { ready, SAMPLES, sheet, submitted } from '../http/cases.mjs';
import { Client, redis } from '../http/client.mjs';
import { everyDesk, passChain, readyOperator } from '../http/people.mjs';

const lib = LIBRARIES['sm-crypto'];
const COUNT = Number(process.env.ENVELOPES ?? 3000);
const CLIENTS = 8;
const print = (what, figure) => console.log(`${what.padEnd(58)} ${figure}`);
const seconds = async (run) => {
  const start = performance.now();
  await run();
  return (performance.now() - start) / 1000;
};
const rate = (count, time) => `${(count / time).toFixed(0)}/s`;

// ---- one process ----
const own = made(lib);
const datas = Array.from({ length: COUNT }, (_, n) => ({ medOrgOrd: `B${n}`, orgCodg: 'H44010300001', feeSumamt: '12.50', psn: { name: '测试', list: [1, 2.5] } }));
let list;
print('envelopes sealed (portal bench seal)', rate(COUNT, await seconds(() => void (list = sealed(own, datas)))));
print('envelopes opened and judged (portal bench check --lines)', rate(COUNT, await seconds(() => void checkAll(own, list))));
const wrong = { 'a mistake named, small envelope': envelope(lib, own, datas[0], { spaces: true }), 'no mistake found, 10 KB': envelope(lib, own, Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`k${i}`, i % 2 ? i * 1.5 : '值 "/<&>'])), { signedData: { x: 1 } }) };
for (const [name, message] of Object.entries(wrong)) print(`diagnosis: ${name}`, `${((await seconds(() => void checkAll(own, Array(20).fill(message)))) * 50).toFixed(1)} ms`);

// ---- through nginx ----
const officers = await everyDesk();
const who = await readyOperator('hospital', SAMPLES);
const number = await submitted(who, 'hospital', 'mixed');
await passChain(officers, number);
const keys = await keysOf(who.client, sheet(await ready(who, number, 'test'), 'test', 'payment').url);

/** CLIENTS at a time, until all are done. */
async function all(count, call) {
  let next = 0;
  await Promise.all(Array.from({ length: CLIENTS }, async () => {
    while (next < count) await call(next++);
  }));
}

const anyone = new Client();
const requests = sealed(keys, datas.slice(0, 1000)).map((message) => JSON.stringify(message));
const say = async (service, i) => {
  const answer = await anyone.call('POST', `sandbox/${service}`, requests[i]);
  if (!answer.success) throw new Error(JSON.stringify(answer));
};
print(`sandbox: order-create, ${CLIENTS} clients`, rate(1000, await seconds(() => all(1000, (i) => say('order-create', i)))));

// one person may run 30 a minute, which the bench of the bench has to forget in between
const forget = () => redis('--scan', '--pattern', '*applications/{key}/bench*').split('\n').filter(Boolean).forEach((key) => redis('DEL', key));
let time = 0;
for (let round = 0; round < 10; round++) {
  forget();
  time += await seconds(() => all(24, (i) => who.client.post(`applications/${number}/bench`, { envelope: requests[i] })));
}
print(`bench: right envelopes, ${CLIENTS} clients`, rate(240, time));
