// The public bundle that a new device shows and the registrar (or another device of the person) adds.
import { type PublicBundle, bundleFromJson, bundleJson, type DeviceKeys, publicBundle, verifyBundle } from '../crypto/device';
import { isObject, parseJson } from '../wire/json';
import type { DeviceBundle } from './client';

/** One line of JSON (crypto/FORMATS.md §3.2). */
export function showBundle(device: DeviceKeys): DeviceBundle {
  return { device: device.id, text: JSON.stringify({ v: 1, device: device.id, ...bundleJson(publicBundle(device)) }) };
}

/** Errors: null where it is no bundle, or its keys or proof do not hold. Space around it is forgiven: it was pasted. */
export function readBundle(text: string): { device: string; bundle: PublicBundle } | null {
  const value = text.length > 20_000 ? null : parseJson(text.trim());
  if (value === null || !isObject(value) || value['v'] !== 1) return null;
  const bundle = bundleFromJson(value);
  const id = bundle && verifyBundle(bundle);
  return bundle && id && id === value['device'] ? { device: id, bundle } : null;
}
