/** One line of a comparison: kept, taken out or put in. */
export type DiffLine = { readonly sign: ' ' | '-' | '+'; readonly line: string };

/** Above this many pairs of lines all of the middle is shown as replaced. */
const MOST_PAIRS = 4_000_000;

/** The shortest way from one list of lines to another. */
export function diffLines(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  const head = sameAtStart(before, after);
  const tail = sameAtStart(before.slice(head).toReversed(), after.slice(head).toReversed());
  return [
    ...signed(' ', before.slice(0, head)),
    ...diffMiddle(before.slice(head, before.length - tail), after.slice(head, after.length - tail)),
    ...signed(' ', before.slice(before.length - tail)),
  ];
}

function sameAtStart(a: readonly string[], b: readonly string[]): number {
  let count = 0;
  while (count < a.length && count < b.length && a[count] === b[count]) count++;
  return count;
}

function signed(sign: DiffLine['sign'], lines: readonly string[]): readonly DiffLine[] {
  return lines.map((line) => ({ sign, line }));
}

function diffMiddle(a: readonly string[], b: readonly string[]): readonly DiffLine[] {
  if (a.length === 0 || b.length === 0 || a.length * b.length > MOST_PAIRS)
    return [...signed('-', a), ...signed('+', b)];
  const width = b.length + 1;
  const common = longestCommon(a, b);
  const lines: DiffLine[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const [left = '', right = ''] = [a[i], b[j]];
    if (left === right) {
      lines.push({ sign: ' ', line: left });
      i++;
      j++;
    } else if ((common[(i + 1) * width + j] ?? 0) >= (common[i * width + j + 1] ?? 0)) {
      lines.push({ sign: '-', line: left });
      i++;
    } else {
      lines.push({ sign: '+', line: right });
      j++;
    }
  }
  return [...lines, ...signed('-', a.slice(i)), ...signed('+', b.slice(j))];
}

/** For each pair of positions, how many lines what follows them has in common. */
function longestCommon(a: readonly string[], b: readonly string[]): Uint32Array {
  const width = b.length + 1;
  const common = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const at = i * width + j;
      common[at] =
        a[i] === b[j]
          ? (common[at + width + 1] ?? 0) + 1
          : Math.max(common[at + width] ?? 0, common[at + 1] ?? 0);
    }
  }
  return common;
}
