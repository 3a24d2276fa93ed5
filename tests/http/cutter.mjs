// A small proxy before the site that cuts connections after a number of bytes, in either direction.
import net from 'node:net';

export class Cutter {
  constructor(base) {
    this.target = { host: '127.0.0.1', port: Number(new URL(base).port) };
    this.cuts = 0;
    this.plan = null;
  }

  async start() {
    this.server = net.createServer((near) => {
      const far = net.connect(this.target);
      const cut = () => (near.destroy(), far.destroy());
      this.pass(near, far, 'up', cut);
      this.pass(far, near, 'down', cut);
      for (const socket of [near, far]) socket.on('error', cut).on('close', cut);
    });
    await new Promise((done) => this.server.listen(0, '127.0.0.1', done));
    this.base = `http://localhost:${this.server.address().port}`;
  }

  /** The next connection is cut when so many more bytes have gone that way. */
  next(way, bytes) {
    this.plan = { way, bytes };
  }

  pass(from, to, way, cut) {
    from.on('data', (data) => {
      const plan = this.plan;
      if (plan?.way !== way || (plan.bytes -= data.length) > 0) return to.write(data) || (from.pause(), to.once('drain', () => from.resume()));
      this.plan = null;
      this.cuts++;
      to.write(data.subarray(0, data.length + plan.bytes), () => cut());
    });
  }

  stop() {
    this.server.close();
    this.server.closeAllConnections?.();
  }
}
