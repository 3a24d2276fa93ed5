// A Kannel gateway on loopback ports: bearerbox, smsbox and, as the SMS centre, fakesmsc. Each is a
// child of the test and ended by its number.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { until } from './client.mjs';

const FAKESMSC = '/usr/lib/kannel/test/fakesmsc';
export const DENIED = '1399'; // numbers that begin so are on the gateway's black list

async function freePorts(count) {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))));
  return ports;
}

const conf = ({ admin, box, smsc, sendsms }, folder) => `
group = core
admin-port = ${admin}
admin-interface = 127.0.0.1
admin-password = test
smsbox-port = ${box}
smsbox-interface = 127.0.0.1
log-file = ${folder}/bearerbox.log
dlr-storage = internal

group = smsc
smsc = fake
smsc-id = fake
port = ${smsc}
connect-allow-ip = 127.0.0.1

group = smsbox
bearerbox-host = 127.0.0.1
bearerbox-port = ${box}
sendsms-port = ${sendsms}
sendsms-interface = 127.0.0.1
log-file = ${folder}/smsbox.log
immediate-sendsms-reply = false

group = sendsms-user
username = jieru
password = secret
max-messages = 10
concatenation = true
black-list-regex = "^${DENIED}"
forced-smsc = fake

group = sms-service
keyword = default
max-messages = 0
text = none
`;

/** UCS-2 as fakesmsc prints it: letters and digits as they are, + for a blank byte, %XX for others. */
function ucs2(text) {
  const bytes = text.match(/%[0-9A-F]{2}|[^]/g).map((c) => (c === '+' ? 32 : c.length > 1 ? parseInt(c.slice(1), 16) : c.charCodeAt(0)));
  return Buffer.from(bytes).swap16().toString('utf16le');
}

export class Kannel {
  constructor() {
    this.folder = mkdtempSync(`${tmpdir()}/kannel-`);
    this.conf = `${this.folder}/kannel.conf`;
    this.running = {};
    this.printed = ''; // by every fakesmsc so far
  }

  async start() {
    if (!this.ports) {
      const [admin, box, smsc, sendsms] = await freePorts(4);
      this.ports = { admin, box, smsc, sendsms };
      writeFileSync(this.conf, conf(this.ports, this.folder));
    }
    this.run('bearerbox', '/usr/sbin/bearerbox', [this.conf]);
    await until(() => this.admin('status.txt'));
    this.run('smsbox', '/usr/sbin/smsbox', [this.conf]);
    await until(() => fetch(this.url).then(() => true, () => false));
    await this.centre();
  }

  /** The SMS centre calls bearerbox; where it is refused it ends, and is started again. */
  async centre() {
    await until(async () => {
      if (!this.alive('fakesmsc'))
        this.run('fakesmsc', FAKESMSC, ['-H', '127.0.0.1', '-r', String(this.ports.smsc), '-m', '-1', '-i', '100000', '1 2 text x']);
      return /fake.*\(online/.test(await this.admin('status.txt'));
    });
  }

  run(name, program, args) {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], cwd: this.folder });
    const keep = (bytes) => { if (name === 'fakesmsc') this.printed += bytes.toString('latin1'); };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', () => {});
    this.running[name] = child;
  }

  get url() {
    return `http://127.0.0.1:${this.ports.sendsms}/cgi-bin/sendsms`;
  }

  admin = (command) =>
    fetch(`http://127.0.0.1:${this.ports.admin}/${command}${command.includes('?') ? '&' : '?'}password=test`).then((a) => a.text(), () => '');

  alive(name) {
    const child = this.running[name];
    return child && child.exitCode === null && child.signalCode === null;
  }

  async stop(...names) {
    for (const name of names.length ? names : ['fakesmsc', 'smsbox', 'bearerbox']) {
      if (!this.alive(name)) continue;
      const child = this.running[name];
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), 5000);
      await ended;
      clearTimeout(late);
    }
  }

  async end() {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Texts the SMS centre got for a number. */
  arrived(phone) {
    return [...this.printed.matchAll(/Got message \d+: <\S+ (\S+) ucs-2 (\S+)>/g)]
      .filter(([, to]) => to === phone)
      .map(([, , text]) => ucs2(text));
  }
}
