/** 番号法 19条: an individual number has no place in a conference's record. Twelve digits whose check digit holds are taken for one. */
export function hasMyNumber(text: string): boolean {
  const runs = text.normalize('NFKC').replace(/(?<=\d)[\s‐－ー-](?=\d)/g, '').match(/(?<!\d)\d{12}(?!\d)/g) ?? [];
  return runs.some((digits) => {
    let sum = 0;
    for (let n = 1; n <= 11; n++) sum += Number(digits[11 - n]) * (n <= 6 ? n + 1 : n - 5);
    const rest = sum % 11;
    return Number(digits[11]) === (rest <= 1 ? 0 : 11 - rest);
  });
}
