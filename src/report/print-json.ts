/** Of what a terminal acts on or does not show, all that JSON leaves as it is. */
const INVISIBLE =
  /[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]|[\u{e0100}-\u{e01ef}]/gu;

/** A document of JSON with a final newline. Its values are exact, and its text drives no terminal. */
export function printJson(document: unknown): string {
  return `${escapeInvisible(JSON.stringify(document, null, 2))}\n`;
}

/** The same JSON, with control, bidirectional and invisible characters as escapes. */
export function escapeInvisible(json: string): string {
  return json.replace(INVISIBLE, (character) => character.split('').map(escapeUnit).join(''));
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
