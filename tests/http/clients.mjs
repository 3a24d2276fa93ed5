// The sample clients of deploy/clients/, made ready to run: {name: (action, keys, input, ...) => result}.
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';

export const SOURCES = new URL('../../deploy/clients', import.meta.url).pathname;
const WEB = new URL('../../web/node_modules', import.meta.url).pathname;
export const BCPROV = '/usr/share/java/bcprov.jar';
const JAVA = ['java', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xshare:auto'];

const folder = mkdtempSync(`${tmpdir()}/clients-`);
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

/** Compiles Java sources with Bouncy Castle and the sample client in reach; the class path. */
export function javac(target, ...files) {
  const path = `${folder}/${target}`;
  execFileSync('javac', ['-encoding', 'UTF-8', '-cp', `${BCPROV}:${folder}/java`, '-d', path, ...files]);
  return `${path}:${folder}/java:${BCPROV}`;
}

export const java = (classPath, name, args, input) => execFileSync(JAVA[0], [...JAVA.slice(1), '-cp', classPath, name, ...args], { input, encoding: 'utf8', maxBuffer: 1 << 27 });

const makers = {
  c() {
    cpSync(`${SOURCES}/c`, `${folder}/c`, { recursive: true });
    execFileSync('make', ['-s', '-C', `${folder}/c`, 'CFLAGS=-O1 -Wall -Wextra -Werror']);
    return [`${folder}/c/client`];
  },
  java() {
    const path = javac('java', `${SOURCES}/java/Json.java`, `${SOURCES}/java/Channel.java`, `${SOURCES}/java/Client.java`);
    return [...JAVA, '-cp', path, 'Client'];
  },
  js() {
    cpSync(`${SOURCES}/js`, `${folder}/js`, { recursive: true });
    symlinkSync(WEB, `${folder}/js/node_modules`);
    return ['node', `${folder}/js/client.js`];
  },
  python: () => ['python3', '-B', `${SOURCES}/python/client.py`],
};

let count = 0;
/** {status, lines, error} of one run; lines: its output. */
function runner(command) {
  return (keys, input, ...args) => {
    const file = `${folder}/keys-${count++}.json`;
    writeFileSync(file, JSON.stringify(keys));
    const run = spawnSync(command[0], [...command.slice(1), file, ...args], { input, encoding: 'utf8', maxBuffer: 1 << 27 });
    return { status: run.status, lines: run.stdout.split('\n').filter(Boolean), error: run.stderr };
  };
}

export const CLIENTS = Object.fromEntries(Object.entries(makers).map(([name, make]) => [name, runner(make())]));
