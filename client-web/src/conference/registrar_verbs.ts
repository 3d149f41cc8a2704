// The registrar's verbs: agencies, persons with sealed names, devices from a public bundle.
import { base64, hex } from '../crypto/bytes';
import { sha256 } from '../crypto/hash';
import { sealName } from '../crypto/names';
import { directoryWrapInfo, sealWrap, wrapAad } from '../crypto/wrap';
import { bundleJson, x25519Key } from '../crypto/device';
import { readBundle } from './bundle';
import type { StatementInput } from './client';
import type { TenantRole } from './model';
import { Refused, type Standpoint } from './standpoint';

function requireKey(key: Uint8Array | null): Uint8Array {
  if (!key) throw new Refused({ code: 'INCOMPLETE', detail: 'no directory key' });
  return key;
}

export function personAdd(
  at: Standpoint, directoryKey: Uint8Array | null, id: string,
  input: { agency: string | null; roles: TenantRole[]; dutySource?: string; name: string; post: string },
): StatementInput {
  if (input.name.trim() === '') throw new Refused({ code: 'INPUT' });
  const name = sealName(requireKey(directoryKey), at.log, id, { name: input.name.trim(), post: input.post.trim() });
  return {
    kind: 'person.add', person: id, ...(input.agency === null ? {} : { agency: input.agency }), roles: input.roles,
    ...(input.dutySource === undefined ? {} : { duty_source: input.dutySource }), body: { name },
  };
}

export function personRoles(
  at: Standpoint, directoryKey: Uint8Array | null, person: string, roles: TenantRole[], named: { name: string; post: string } | null,
): StatementInput {
  const body = named ? { body: { name: sealName(requireKey(directoryKey), at.log, person, named) } } : {};
  return { kind: 'person.roles', person, roles, ...body };
}

/** With the directory key sealed to it where its person has an agency (design.md §4 Names). */
export function deviceAdd(
  at: Standpoint, directoryKey: Uint8Array | null, person: string, hasAgency: boolean, bundleText: string,
): { device: string; statement: StatementInput; blobs: string[] } {
  const read = readBundle(bundleText);
  const recipient = read && x25519Key(read.bundle);
  if (!read || !recipient) throw new Refused({ code: 'INPUT', detail: 'no bundle' });
  at.requireExtension();
  const body: Record<string, unknown> = bundleJson(read.bundle);
  const blobs: string[] = [];
  if (hasAgency) {
    const wrap = sealWrap(recipient, directoryWrapInfo(at.log), wrapAad(read.device), requireKey(directoryKey));
    if (!wrap) throw new Refused({ code: 'INPUT' });
    body['wrap'] = hex(sha256(wrap));
    blobs.push(base64(wrap));
  }
  return { device: read.device, statement: { kind: 'device.add', device: read.device, person, body }, blobs };
}
