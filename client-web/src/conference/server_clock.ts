// Server time on this device (design.md §3): the server time of the last signed answer, or of a later batch, plus the
// monotonic time since. A drifting or wrong device clock changes nothing; it is only compared.
import { limits } from '../wire/limits';
import type { Host } from './ports';

export class ServerClock {
  private baseMs: number | null = null;
  private baseMonotonic = 0;
  private lastSigned = 0;
  confirmed = false;

  constructor(private readonly host: Host) {}

  set(serverMs: number): void {
    this.baseMs = serverMs;
    this.baseMonotonic = this.host.monotonicMs();
  }

  /** After a sleep or a lost connection the monotonic clock may have stood still: asked anew. */
  forget(): void {
    this.baseMs = null;
  }

  now(): number | null {
    return this.baseMs === null ? null : Math.floor(this.baseMs + this.host.monotonicMs() - this.baseMonotonic);
  }

  /** What the age of something is taken by: of the server's clock and the device's own the later one, where its user has not said that theirs is off. */
  latest(): number | null {
    const now = this.now();
    return now === null || this.confirmed ? now : Math.max(now, this.host.wallMs());
  }

  /** For `signed_at`: never earlier than this device's newest (PROTOCOL.md CLOCK). */
  nextSignedAt(): number | null {
    const now = this.now();
    if (now === null) return null;
    this.lastSigned = Math.max(now, this.lastSigned);
    return this.lastSigned;
  }

  /** The device's own clock minus the server's. */
  offsetMs(): number | null {
    const now = this.now();
    return now === null ? null : this.host.wallMs() - now;
  }

  get off(): boolean {
    return Math.abs(this.offsetMs() ?? 0) > limits.clockOffMs;
  }

  /** Access is extended only with a clock that agrees, or that its user has confirmed. */
  get extendsAccess(): boolean {
    return this.baseMs !== null && (!this.off || this.confirmed);
  }
}
