// A real clamd on a socket of its own, that knows one signature: the EICAR test file's.
import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { until } from './client.mjs';

export const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR', '-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');
const hex = (text) => Buffer.from(text).toString('hex');

export class Clamd {
  constructor(dir) {
    this.dir = dir;
    this.socket = `${dir}/clamd.sock`;
  }

  async start() {
    rmSync(this.dir, { recursive: true, force: true });
    mkdirSync(`${this.dir}/db`, { recursive: true });
    mkdirSync(`${this.dir}/temp`);
    chmodSync(this.dir, 0o755);
    writeFileSync(`${this.dir}/db/local.ndb`, `Eicar-Local-Test:0:*:${hex(EICAR)}\n`);
    writeFileSync(`${this.dir}/clamd.conf`, [
      `LocalSocket ${this.socket}`, 'LocalSocketMode 666', `DatabaseDirectory ${this.dir}/db`, `TemporaryDirectory ${this.dir}/temp`, `LogFile ${this.dir}/log`,
      'Foreground yes', 'StreamMaxLength 40M', 'MaxThreads 2', 'SelfCheck 0', 'FixStaleSocket yes',
    ].join('\n') + '\n');
    this.process = spawn('clamd', ['-c', `${this.dir}/clamd.conf`], { stdio: 'ignore' });
    await until(() => this.answers(), 30);
  }

  answers() {
    return new Promise((done) => {
      const s = connect(this.socket, () => s.write('zPING\0'));
      s.on('data', (text) => (done(text.toString().startsWith('PONG')), s.destroy()));
      s.on('error', () => done(false));
    });
  }

  async end() {
    if (!this.process) return;
    const ended = new Promise((done) => this.process.on('exit', done));
    this.process.kill('SIGTERM');
    await ended;
    this.process = null;
  }
}
