const ONSETS = 'b br d dr f g h k kl l m n p r s t tr v z'.split(' ');
const NUCLEI = 'a e i o u ia eo'.split(' ');
const CODAS = ['', '', 'l', 'n', 'r', 's', 'x', 'th'];

/** A pronounceable syllable; every whole number ≥ 0 has one. */
export function pieceOf(seed: number): string {
  const onset = ONSETS[seed % ONSETS.length] ?? '';
  return onset + (NUCLEI[Math.floor(seed / ONSETS.length) % NUCLEI.length] ?? '');
}

/** The consonant at the end of a made-up word, or none. */
export function endOf(seed: number): string {
  return CODAS[seed % CODAS.length] ?? '';
}
