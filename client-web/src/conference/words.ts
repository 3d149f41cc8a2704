// Words to compare by voice: 2,048 made of three kana that are hard to mishear (no voiced or small ones, no じ/ぢ, を/お).
const firsts = 'あかさたなはまやらいきみちえけも'; // 16
const middles = 'くつむるしにとり'; // 8
const lasts = 'いうえおかきこさすせそたてなまら'; // 16

/** Requires: 0 ≤ number < 2048. */
export function word(number: number): string {
  return firsts.charAt(number >> 7) + middles.charAt((number >> 4) & 7) + lasts.charAt(number & 15);
}
