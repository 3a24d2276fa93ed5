// Figures of one installation, measured through nginx; prints a table. See tests/bench/run.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { applicationForm, SAMPLES, submitted, detail, ready } from '../http/cases.mjs';
import { BASE, Client, VAR } from '../http/client.mjs';
import { everyDesk, passChain, readyOperator } from '../http/people.mjs';

const now = () => performance.now();
const percentile = (list, p) => [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor((list.length * p) / 100))];
const print = (what, figure) => console.log(`${what.padEnd(58)} ${figure}`);

/** Milliseconds of each of `count` calls, one after the other. */
async function times(count, call) {
  const list = [];
  for (let i = 0; i < count; i++) {
    const start = now();
    await call(i);
    list.push(now() - start);
  }
  return list;
}

const spread = (list) => `median ${percentile(list, 50).toFixed(1)} ms, p99 ${percentile(list, 99).toFixed(1)} ms`;

/** wrk on one address with this client's cookie, 16 connections. */
function wrk(client, path, seconds = 5) {
  const cookie = [...client.cookies].map(([k, v]) => `${k}=${v}`).join('; ');
  const out = execFileSync('wrk', ['-t1', '-c16', `-d${seconds}s`, '--latency', '-H', `Cookie: ${cookie}`, `${BASE}${path}`], { encoding: 'utf8' });
  if (/Non-2xx/.test(out)) throw new Error(out);
  return `${out.match(/Requests\/sec:\s*([\d.]+)/)[1]} requests/s, p99 ${out.match(/99%\s+(\S+)/)[1]}`;
}

/** Memory of each worker of the public site, KiB: PSS counts shared pages by share. */
function pss() {
  const master = readFileSync(`${VAR}/run/pid/public`, 'utf8').split(' ')[0];
  const workers = execFileSync('pgrep', ['-P', master], { encoding: 'utf8' }).trim().split('\n');
  return workers.map((pid) => Number(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8').match(/^Pss:\s+(\d+)/m)[1]));
}

console.log(`machine: ${cpus().length} × ${cpus()[0].model}, load generator included`);
const who = await readyOperator('hospital', SAMPLES);
const form = await applicationForm(who, 'hospital', 'mixed');
for (let i = 0; i < 20; i++) await who.client.create('applications', { ...form, remark: `第 ${i} 张` });
print('list of 20 applications, 8 workers, 16 clients', wrk(who.client, '/api/v1/applications?limit=20'));

const drafts = [];
print('save of a draft (PUT)', spread(await times(100, async (i) => {
  if (i === 0) drafts.push(await who.client.create('applications', form));
  drafts[0].version = (await who.client.put(`applications/${drafts[0].number}`, { ...form, remark: `${i}`, version: drafts[0].version })).version;
})));

const submits = [];
for (let i = 0; i < 30; i++) {
  const { number, version } = await who.client.create('applications', form);
  submits.push(...(await times(1, () => who.client.post(`applications/${number}/submission`, { version }))));
  await who.client.post(`applications/${number}/discard`, { version: (await detail(who, number)).version, reason: '测量' });
}
print('submit of an application (POST, one after another)', spread(submits));

const officers = await everyDesk();
const number = await submitted(who, 'hospital', 'mixed');
await passChain(officers, number);
const d = await ready(who, number, 'test');
print('test payment sheet (PDF)', spread(await times(30, async () => (await who.client.send('GET', d.sheets[0].url)).arrayBuffer())));
print('detail of an application', wrk(who.client, `/api/v1/applications/${number}`));

const nobody = new Client();
await nobody.session();
const { id } = await nobody.post('captchas', undefined, 201);
print('captcha picture', spread(await times(50, async () => (await nobody.send('GET', `captchas/${id}`)).arrayBuffer())));
const sizes = pss();
print('memory of a worker (PSS), warm', `median ${(percentile(sizes, 50) / 1024).toFixed(1)} MiB, most ${(Math.max(...sizes) / 1024).toFixed(1)} MiB`);
