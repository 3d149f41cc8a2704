// One person's line to the server: a TCP relay that keeps every byte of both directions, and that can die as a pulled
// cable does: nothing passes, and nobody is told.
import { createServer, connect } from 'node:net';

/** The WebSocket messages in one direction of a connection, unmasked and whole (RFC 6455 §5.2, §5.4), after the HTTP head. */
function* messagesIn(bytes) {
  let at = 0;
  let parts = [];
  while (at + 2 <= bytes.length) {
    const masked = (bytes[at + 1] & 0x80) !== 0;
    let length = bytes[at + 1] & 0x7f;
    let start = at + 2;
    if (length === 126) { length = bytes.readUInt16BE(start); start += 2; }
    else if (length === 127) { length = Number(bytes.readBigUInt64BE(start)); start += 8; }
    const mask = masked ? bytes.subarray(start, start + 4) : null;
    if (masked) start += 4;
    const payload = Buffer.from(bytes.subarray(start, start + length));
    if (mask) for (let i = 0; i < payload.length; i++) payload[i] ^= mask[i & 3];
    parts.push(payload);
    if (bytes[at] & 0x80) { yield Buffer.concat(parts); parts = []; }
    at = start + length;
  }
}

export class Line {
  static async open(serverPort) {
    const line = new Line();
    line.serverPort = serverPort;
    line.relay = createServer({ pauseOnConnect: true }, (near) => line.#join(near));
    await new Promise((ready) => line.relay.listen(0, '127.0.0.1', ready));
    line.port = line.relay.address().port;
    return line;
  }

  #pairs = new Set();
  /** Every connection that ever was: what went up to the server and what came down, in pieces. */
  kept = [];
  #held = { up: false, down: false };

  #join(near) {
    const pair = { near, far: connect(this.serverPort, '127.0.0.1'), up: [], down: [] };
    this.#pairs.add(pair);
    this.kept.push(pair);
    const ways = [[near, pair.far, pair.up], [pair.far, near, pair.down]];
    for (const [from, to, kept] of ways) {
      from.on('data', (chunk) => { kept.push(chunk); to.write(chunk); });
      from.on('end', () => to.end());
      from.on('error', () => this.#part(pair));
      from.on('close', () => this.#part(pair));
    }
    this.#flow(pair);
  }

  #part(pair) {
    this.#pairs.delete(pair);
    pair.near.destroy();
    pair.far.destroy();
  }

  #flow(pair) {
    pair.near[this.#held.up ? 'pause' : 'resume']();
    pair.far[this.#held.down ? 'pause' : 'resume']();
  }

  /** What the browser says, what the server says, or both stop passing; what was said waits in the cable. */
  hold(ways = ['up', 'down']) {
    for (const way of ways) this.#held[way] = true;
    for (const pair of this.#pairs) this.#flow(pair);
  }

  heal() {
    this.#held = { up: false, down: false };
    for (const pair of this.#pairs) this.#flow(pair);
  }

  /** Every connection breaks; what waited in the cable is gone. */
  snap() {
    for (const pair of [...this.#pairs]) this.#part(pair);
  }

  /** All that passed: the raw bytes, and the messages as their reader has them. Errors: throws where a message is compressed. */
  *everything() {
    for (const { up, down } of this.kept) {
      const [asked, answered] = [Buffer.concat(up), Buffer.concat(down)];
      yield asked;
      yield answered;
      const head = answered.indexOf('\r\n\r\n');
      if (!answered.subarray(0, 12).toString('latin1').startsWith('HTTP/1.1 101')) continue;
      if (/^sec-websocket-extensions:/im.test(answered.subarray(0, head).toString('latin1'))) throw new Error('messages are compressed: their bytes say nothing');
      yield* messagesIn(asked.subarray(asked.indexOf('\r\n\r\n') + 4));
      yield* messagesIn(answered.subarray(head + 4));
    }
  }

  close() {
    this.snap();
    this.relay.close();
  }
}
