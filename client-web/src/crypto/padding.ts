// Padmé (crypto/FORMATS.md §8): a length leaks O(log log n) bits, at a cost of at most 12 %.

/** The least Padmé length ≥ length. */
export function padme(length: number): number {
  if (length < 2) return length;
  const exponent = Math.floor(Math.log2(length));
  const shift = exponent - (Math.floor(Math.log2(exponent)) + 1);
  if (shift <= 0) return length;
  const step = 2 ** shift;
  return Math.ceil(length / step) * step;
}

/** content ‖ 0x80 ‖ zeros. */
export function pad(content: Uint8Array, least: number): Uint8Array {
  const padded = new Uint8Array(padme(Math.max(content.length + 1, least)));
  padded.set(content);
  padded[content.length] = 0x80;
  return padded;
}

/** Errors: null where `pad` would not have made it. */
export function unpad(padded: Uint8Array, least: number): Uint8Array | null {
  let end = padded.length;
  while (end > 0 && padded[end - 1] === 0) end--;
  if (end === 0 || padded[end - 1] !== 0x80) return null;
  if (padme(Math.max(end, least)) !== padded.length) return null;
  return padded.slice(0, end - 1);
}
