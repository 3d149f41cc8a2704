// What is being typed, sealed in the vault (never in clear in the browser's storage): a killed tab gives it back.
import { signal, type Signal } from '@preact/signals-core';
import { fromUtf8, utf8 } from '../crypto/bytes';
import type { Draft } from './client';
import type { Host, Keep } from './ports';

const prefix = 'draft/';

export class Drafts {
  readonly all: Signal<Draft[]> = signal([]);
  private writing: Promise<void> = Promise.resolve();

  constructor(private readonly keep: Keep, private readonly host: Host) {}

  async load(): Promise<void> {
    const drafts: Draft[] = [];
    for (const key of await this.keep.keys(prefix)) {
      const bytes = await this.keep.get(key);
      const text = bytes && fromUtf8(bytes);
      if (text) drafts.push(JSON.parse(text) as Draft);
    }
    this.all.value = drafts;
  }

  get(key: string): Draft | null {
    return this.all.value.find((draft) => draft.key === key) ?? null;
  }

  /** Resolves once it is on disk. Errors: rejects where the vault cannot be written. */
  save(key: string, value: unknown): Promise<void> {
    const draft: Draft = { key, savedAt: this.host.wallMs(), value };
    this.all.value = [...this.all.value.filter((one) => one.key !== key), draft];
    return this.queue(() => this.keep.put(prefix + key, utf8(JSON.stringify(draft))));
  }

  drop(key: string): Promise<void> {
    this.all.value = this.all.value.filter((one) => one.key !== key);
    return this.queue(() => this.keep.remove(prefix + key));
  }

  private queue(write: () => Promise<void>): Promise<void> {
    const done = this.writing.then(write);
    this.writing = done.catch(() => undefined);
    return done;
  }
}
