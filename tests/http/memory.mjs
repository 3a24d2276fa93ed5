// What processes of the installation hold in memory. Reading it takes root, as a debugger would.
import { closeSync, openSync, readFileSync, readSync, readdirSync } from 'node:fs';
import { VAR } from './client.mjs';

const { SHOW_HITS } = process.env;
const field = (pid, n) => {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[n - 3];
};

/** The master and every process of its session, by the service's name: public, review, keys, jobs, sms. */
export function processes(service) {
  const leader = readFileSync(`${VAR}/run/pid/${service}`, 'utf8').split(' ')[0];
  return readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && field(pid, 6) === leader;
    } catch {
      return false;
    }
  });
}

/** Its memory and what lies where; null for a process that has ended meanwhile, as checkers of files do. */
function opened(pid) {
  try {
    return { mem: openSync(`/proc/${pid}/mem`, 'r'), maps: readFileSync(`/proc/${pid}/maps`, 'latin1').split('\n') };
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes(error.code)) return null;
    throw error;
  }
}

/** How often any of the needles stands in memory the process may write, heap and stacks included; null when it has ended. */
export function memoryHits(pid, needles) {
  const its = opened(pid);
  if (!its) return null;
  const { mem, maps } = its;
  let hits = 0;
  let bytes = 0;
  for (const line of maps) {
    const match = line.match(/^([0-9a-f]+)-([0-9a-f]+) (rw..) \S+ \S+ \S+\s*(.*)$/);
    if (!match || match[4] === '[vvar]') continue;
    const from = Number.parseInt(match[1], 16);
    const size = Number.parseInt(match[2], 16) - from;
    if (size > 1 << 29) continue;
    const region = Buffer.alloc(size);
    let got = 0;
    try {
      while (got < size) {
        const n = readSync(mem, region, got, Math.min(1 << 20, size - got), from + got);
        if (!n) break;
        got += n;
      }
    } catch {
      // the rest is not backed
    }
    bytes += got;
    for (const needle of needles)
      for (let at = region.indexOf(needle); at >= 0 && at < got; at = region.indexOf(needle, at + 1)) {
        hits++;
        if (SHOW_HITS) console.log(pid, line, at, JSON.stringify(needle.toString('latin1').slice(0, 12)), JSON.stringify(region.subarray(Math.max(0, at - 40), at + 60).toString('latin1')));
      }
  }
  closeSync(mem);
  return { hits, bytes };
}
