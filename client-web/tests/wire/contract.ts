// The published contract of the wire (server/wire/schema): every frame, of either direction, against its schema.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';

export const schemaFolder = resolve(import.meta.dirname, '../../../server/wire/schema');
export const schemaFile = (name: string): unknown => JSON.parse(readFileSync(join(schemaFolder, name), 'utf8'));

interface Frame { id?: unknown; method?: string; params?: unknown; result?: unknown; error?: unknown }

/** Where frames were seen to go: `append request`, `append result`, `batch`, `error`. */
export class Contract {
  readonly seen = new Map<string, number>();
  readonly faults: string[] = [];
  private readonly ajv = new Ajv({ strict: true, strictRequired: false, allowUnionTypes: true });
  private readonly compiled = new Map<string, ValidateFunction>();

  constructor() {
    const names = readdirSync(schemaFolder).filter((name) => name !== 'asyncapi.json');
    const files = new Map(names.map((name) => [name, schemaFile(name) as { definitions: object }]));
    for (const file of files.values()) this.ajv.addSchema(file);
    // All at once: a schema that does not compile is found here, not in the middle of a conference.
    for (const [name, file] of files) for (const definition of Object.keys(file.definitions)) {
      const ref = `${name}#/definitions/${definition}`;
      this.compiled.set(ref, this.ajv.compile({ $ref: ref }));
    }
  }

  /** Null where the value has the shape; else what is wrong with it. */
  fault(file: string, definition: string, value: unknown): string | null {
    const ref = `${file}#/definitions/${definition}`;
    const check = this.compiled.get(ref);
    if (!check) return `${ref}: no such message`;
    return check(value) ? null : `${ref}: ${this.ajv.errorsText(check.errors)}`;
  }

  /** One connection's frames in the order in which they go: answers are matched to what was asked. */
  connection(): { sent(text: string): void; received(text: string): void } {
    const asked = new Map<string, string>();
    const note = (what: string, fault: string | null, text: string) => {
      this.seen.set(what, (this.seen.get(what) ?? 0) + 1);
      if (fault !== null) this.faults.push(`${what}: ${fault} in ${text.slice(0, 400)}`);
    };
    return {
      sent: (text) => {
        const frame = JSON.parse(text) as Frame;
        asked.set(JSON.stringify(frame.id), frame.method ?? '');
        note(`${frame.method} request`, this.fault(`${frame.method}.json`, 'params', frame.params), text);
        this.envelopes(frame.params, note);
      },
      received: (text) => {
        const frame = JSON.parse(text) as Frame;
        if (frame.method !== undefined) note(frame.method, this.fault(`${frame.method}.json`, 'notification', frame.params), text);
        else if (frame.error !== undefined) note('error', this.fault('error.json', 'error', frame.error), text);
        else {
          const method = asked.get(JSON.stringify(frame.id)) ?? 'nothing asked';
          note(`${method} result`, this.fault(`${method}.json`, 'result', frame.result), text);
        }
      },
    };
  }

  private envelopes(params: unknown, note: (what: string, fault: string | null, text: string) => void): void {
    const { envelopes = [], half_signed: half = [], request } = params as { envelopes?: string[]; half_signed?: string[]; request?: string };
    for (const text of [...envelopes, ...half, ...(request === undefined ? [] : [request])]) {
      const envelope = JSON.parse(text) as { payload: string };
      note('envelope', this.fault('envelope.json', 'envelope', envelope), text);
      const payload = Buffer.from(envelope.payload, 'base64').toString('utf8');
      const { statement } = JSON.parse(payload) as { statement: { kind: string } };
      note(`statement ${statement.kind}`, this.fault('envelope.json', 'payload', JSON.parse(payload)), payload);
    }
  }
}
