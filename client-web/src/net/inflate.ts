// Raw DEFLATE by the platform's own stream, never beyond the length that was promised.
export async function inflate(packed: Uint8Array, length: number): Promise<Uint8Array> {
  const out = new Uint8Array(length);
  const stream = new Blob([packed as BlobPart]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  const reader = stream.getReader();
  let at = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    if (at + value.length > length) {
      await reader.cancel();
      throw new Error('longer than promised');
    }
    out.set(value, at);
    at += value.length;
  }
  if (at !== length) throw new Error('shorter than promised');
  return out;
}
