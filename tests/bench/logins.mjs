// What a stranger could measure: do wrong passwords of known and of unknown accounts take the same
// time? 2,000 interleaved (LOGINS=N), Welch's t; fails at |t| ≥ 4.5. Then logins per second and how
// many Argon2 hashes run at once, by the locks held. Environment as for tests/http.
import { randomBytes, randomInt } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { Client, setting, sleep, solvedCaptchas, sql } from '../http/client.mjs';
import { register, uscc } from '../http/people.mjs';

const COUNT = Number(process.env.LOGINS ?? 2000);
const T_MOST = 4.5;

const client = new Client();
let flood = false;
let turnedAway = 0;
const attempt = async (account, solved) => {
  const start = performance.now();
  const answer = await client.send('POST', 'session/unit', { account, password: 'Wrong2026x', ...solved });
  await answer.arrayBuffer();
  const took = performance.now() - start;
  if (answer.status === 503 && flood) return void turnedAway++; // no turn at hashing within 4 s
  if (answer.status !== 401) throw new Error(`${account}: ${answer.status}`);
  return took;
};
const stranger = () => `none${randomBytes(4).toString('hex')}`; // as long as the known one's

const mean = (list) => list.reduce((a, b) => a + b, 0) / list.length;
const variance = (list, m = mean(list)) => list.reduce((a, x) => a + (x - m) ** 2, 0) / (list.length - 1);
const welch = (a, b) => (mean(a) - mean(b)) / Math.sqrt(variance(a) / a.length + variance(b) / b.length);

await client.session();
const { unit } = await register('hospital', uscc());
const nobody = stranger(); // one and the same, so that both are counted in rows of the same age
const forget = () => sql('DELETE FROM attempt');

const times = { known: [], unknown: [] };
const solved = solvedCaptchas(20);
for (let i = 0; i < 20; i++) await attempt(stranger(), solved.pop());
for (let i = 0; i < COUNT; i += 2) {
  if (i % 8 === 0) {
    forget();
    solved.push(...solvedCaptchas(8));
  }
  for (const kind of randomInt(2) ? ['known', 'unknown'] : ['unknown', 'known'])
    times[kind].push(await attempt(kind === 'known' ? unit.account : nobody, solved.pop()));
}
const t = welch(times.known, times.unknown);
console.log(`${COUNT} logins: known ${mean(times.known).toFixed(2)} ms, unknown ${mean(times.unknown).toFixed(2)} ms, Welch's t ${t.toFixed(2)}`);

// ---- how many at once ----
forget();
const inodes = readdirSync(setting('PORTAL_RUN')).filter((name) => /^password\..*lock$/.test(name)).map((name) => String(statSync(`${setting('PORTAL_RUN')}/${name}`).ino));
const held = () => readFileSync('/proc/locks', 'utf8').split('\n').filter((line) => /FLOCK/.test(line) && !/->/.test(line) && inodes.some((inode) => line.includes(`:${inode} `))).length;
const all = solvedCaptchas(120);
let most = 0;
let done = false;
flood = true;
const start = performance.now();
const watching = (async () => {
  while (!done) {
    most = Math.max(most, held());
    await sleep(3);
  }
})();
await Promise.all(Array.from({ length: 16 }, async () => {
  for (let solvedOne; (solvedOne = all.pop()); ) await attempt(stranger(), solvedOne);
}));
done = true;
await watching;
console.log(`logins/s, 16 at once: ${((120 - turnedAway) / ((performance.now() - start) / 1000)).toFixed(1)}; Argon2 hashes at once: at most ${most}; turned away: ${turnedAway}`);
process.exitCode = Math.abs(t) < T_MOST && most <= 2 ? 0 : 1;
