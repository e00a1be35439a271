/** Text of at most `most` characters, with its middle left out: names differ at their ends. */
export function shorten(text: string, most: number): string {
  const characters = [...text];
  if (characters.length <= most) return text;
  const atEnd = Math.floor((most - 1) / 2);
  return `${characters.slice(0, most - 1 - atEnd).join('')}…${characters.slice(-atEnd).join('')}`;
}
