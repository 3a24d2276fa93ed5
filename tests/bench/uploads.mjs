// What an upload costs: CPU seconds per GB through tus against writing through nginx alone, growth of
// the workers over 100 uploads, milliseconds of inspection by kind and size. Prints; judges nothing.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { b64, Client, PIECE, VAR } from '../http/client.mjs';
import { readyOperator, register, uscc } from '../http/people.mjs';
import { pdf, pdfStream } from '../samples/formats.mjs';

const SAMPLES = process.env.SAMPLES;
const PORTAL = `${process.env.JIERU_BUILD ?? 'build'}/portal`;
const MB = 20;
const ROUNDS = 25; // 500 MB each way
const DIR = `${VAR}/cache/bench-uploads`;
rmSync(DIR, { recursive: true, force: true });
mkdirSync(`${DIR}/put`, { recursive: true });

/** Processes of these sessions and everything below them. */
function family(...leaders) {
  const parent = {};
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name)))
    try {
      parent[pid] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ')[1];
    } catch {
      // gone
    }
  const all = new Set(leaders.map(String));
  for (let before = -1; before !== all.size; ) {
    before = all.size;
    for (const [pid, of] of Object.entries(parent)) if (all.has(of)) all.add(pid);
  }
  return [...all];
}
const leader = (name) => readFileSync(`${VAR}/run/pid/${name}`, 'utf8').split(' ')[0];
/** CPU seconds these have used, with the children that ended. */
const cpu = (pids) =>
  pids.reduce((sum, pid) => {
    try {
      return sum + readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ').slice(11, 15).map(Number).reduce((a, b) => a + b) / 100;
    } catch {
      return sum;
    }
  }, 0);
const pss = (pid) => Number(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8').match(/^Pss:\s+(\d+)/m)[1]);

function file(size) {
  let whole = pdf({ objects: [pdfStream('')] });
  for (let more = size - whole.length; whole.length !== size; more += size - whole.length) whole = pdf({ objects: [pdfStream(randomBytes(more))] });
  return whole;
}

async function person() {
  const { unit } = await register('hospital', uscc());
  const client = new Client();
  await client.loginUnit(unit.account, unit.password);
  return client;
}

async function upload(client, bytes) {
  const made = await client.tus('POST', 'uploads', undefined, { 'upload-length': String(bytes.length), 'upload-metadata': `slot ${b64('plan')},filename ${b64('a.pdf')}` });
  const place = made.headers.get('location');
  for (let at = 0; at < bytes.length; at += PIECE) {
    const sent = await client.tus('PATCH', place, bytes.subarray(at, at + PIECE), { 'upload-offset': String(at) });
    if (sent.status !== 204) throw new Error(`${sent.status} ${await sent.text()}`);
  }
}

/** CPU of the family while `work` is done, per GB. The largest count of each process is kept, for some end. */
async function perGb(leaders, work, bytes) {
  const before = cpu(leaders.flatMap((pid) => family(pid)));
  await work();
  return ((cpu(leaders.flatMap((pid) => family(pid))) - before) / bytes) * 1e9;
}

async function throughTus(bytes) {
  const clients = [await person(), await person()];
  await upload(clients[0], bytes);
  const used = {};
  for (const part of ['nginx', 'public', 'db']) used[part] = 0;
  const before = Object.fromEntries(Object.keys(used).map((part) => [part, cpu(family(leader(part)))]));
  for (let i = 0; i < ROUNDS; i++) await upload(clients[i % 2], file(bytes.length));
  for (const part of Object.keys(used)) used[part] = ((cpu(family(leader(part))) - before[part]) / (ROUNDS * bytes.length)) * 1e9;
  return used;
}

/** nginx with its own PUT (ngx_http_dav_module), as if it were all there is. */
async function throughNginx(bytes) {
  const port = await new Promise((done) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = server.address();
      server.close(() => done(free));
    });
  });
  writeFileSync(`${DIR}/nginx.conf`, `daemon off; worker_processes 1; pid ${DIR}/nginx.pid; error_log ${DIR}/error.log; events {}
${process.getuid() === 0 ? 'user root;' : ''}
http { access_log off; client_body_temp_path ${DIR}/temp; proxy_temp_path ${DIR}/t1; fastcgi_temp_path ${DIR}/t2; uwsgi_temp_path ${DIR}/t3; scgi_temp_path ${DIR}/t4;
server { listen 127.0.0.1:${port}; client_max_body_size 40m; location / { root ${DIR}/put; dav_methods PUT; } } }\n`);
  const nginx = spawn('nginx', ['-p', DIR, '-e', `${DIR}/error.log`, '-c', `${DIR}/nginx.conf`], { stdio: 'ignore' });
  try {
    await new Promise((done) => setTimeout(done, 500));
    return await perGb([nginx.pid], async () => {
      for (let i = 0; i < ROUNDS; i++) {
        const answer = await fetch(`http://127.0.0.1:${port}/${i}`, { method: 'PUT', body: file(bytes.length) });
        if (answer.status !== 201) throw new Error(`PUT ${answer.status}`);
        rmSync(`${DIR}/put/${i}`);
      }
    }, ROUNDS * bytes.length);
  } finally {
    nginx.kill('SIGTERM');
  }
}

const line = (what, figure) => console.log(`${what.padEnd(58)} ${figure}`);

const bytes = file(MB * PIECE);
const alone = await throughNginx(bytes);
const tus = await throughTus(bytes);
line('nginx alone (PUT), CPU s per GB', alone.toFixed(2));
line('tus: nginx, CPU s per GB', tus.nginx.toFixed(2));
line('tus: workers and checkers, CPU s per GB', tus.public.toFixed(2));
line('tus: MariaDB, CPU s per GB', tus.db.toFixed(2));
line('tus / nginx alone (with nginx, workers and checkers)', ((tus.nginx + tus.public) / alone).toFixed(2));

const workers = execFileSync('pgrep', ['-P', leader('public')], { encoding: 'utf8' }).trim().split('\n');
const client = await person();
for (let i = 0; i < 10; i++) await upload(client, file(PIECE));
const before = workers.map(pss);
for (let i = 0; i < 100; i++) await upload(i % 50 === 0 ? await person() : client, file(i % 10 === 0 ? MB * PIECE : PIECE));
const grown = workers.map((pid, i) => pss(pid) - before[i]);
line('PSS of the workers, KiB', workers.map(pss).join(' '));
line('growth over 100 uploads, KiB, the most of one worker', Math.max(...grown));

await readyOperator('hospital', SAMPLES);
for (const [slot, name] of [
  ['plan', '申请方案.pdf'], ['plan', 'edge/申请方案（29M）.pdf'], ['business_licence', '营业执照.jpg'], ['app_screenshot', '应用首页截图.png'],
  ['video', '诊间结算.mp4'], ['video', 'edge/诊间结算（近20M）.mp4'], ['test_report', '测试报告.zip'], ['test_report', '测试报告.docx'],
]) {
  const path = `${SAMPLES}/${name}`;
  const time = (n) => {
    const start = process.hrtime.bigint();
    spawnSync(PORTAL, ['inspect', '--slot', slot, ...Array(n).fill(path)], { stdio: 'ignore' });
    return Number(process.hrtime.bigint() - start) / 1e6;
  };
  time(1);
  line(`inspection of ${name}, ${(statSync(path).size / PIECE).toFixed(2)} MiB, ms`, ((time(42) - time(2)) / 40).toFixed(2));
}
