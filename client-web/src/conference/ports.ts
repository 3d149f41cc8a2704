// What the client proper needs of its host, and nothing more. Browser adapters stand in net/ and keep/, Node.js ones
// in node/.

export interface Host {
  /** Milliseconds that only go forward. */
  monotonicMs(): number;
  /** The device's own clock: never used for statements, only compared (design.md §3). */
  wallMs(): number;
  /** Runs once; returns its cancellation. */
  after(ms: number, run: () => void): () => void;
  /** Somebody may be looking: a hidden tab may be slower to notice. */
  watched(): boolean;
}

export interface SocketEvents {
  open(): void;
  message(text: string): void;
  /** `code` is the WebSocket close code; 1006 where the line broke. */
  close(code: number): void;
}

export interface Socket {
  send(text: string): void;
  close(code: number): void;
}

/** Connects once; every outcome comes as an event. */
export interface Network {
  /** The page's origin as the browser sends it; empty in Node.js. */
  readonly origin: string;
  connect(events: SocketEvents): Socket;
}

/** Raw DEFLATE (RFC 1951) by the host. Errors: rejects where it does not unpack to exactly `length` bytes. */
export type Inflate = (packed: Uint8Array, length: number) => Promise<Uint8Array>;

/** The vault's inside: what is put here is sealed before it touches a disk. */
export interface Keep {
  get(key: string): Promise<Uint8Array | null>;
  put(key: string, value: Uint8Array): Promise<void>;
  remove(key: string): Promise<void>;
  keys(prefix: string): Promise<string[]>;
}
