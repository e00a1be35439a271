/** How a name is mentioned: to be installed, to be run from the registry (`npx x`), or to be imported. */
export type MentionKind = 'install' | 'run' | 'import';

/** A name as it stands in a file. Lines and columns count from 1, columns in UTF-16 units. */
export type Mention = {
  /** As written: `left-pad@^1` of a command, `lodash/fp` of an import. */
  readonly text: string;
  readonly kind: MentionKind;
  readonly line: number;
  readonly column: number;
};

/** What a file says. */
export type FileMentions = {
  readonly mentions: readonly Mention[];
  /** Modules that the file declares itself, as TypeScript's `declare module 'x' { … }` does. */
  readonly ambient: readonly string[];
  /** Why some of the file was not looked at; `null` = all of it was. */
  readonly incomplete: string | null;
};

/** Whether it has to be known where this specifier of an import stands; `false` spares the parser's work. */
export type IsOpen = (specifier: string) => boolean;

export const NO_MENTIONS: FileMentions = { mentions: [], ambient: [], incomplete: null };

/** All of them, in the order of the parts. */
export function joinMentions(parts: readonly FileMentions[]): FileMentions {
  return {
    mentions: parts.flatMap(({ mentions }) => mentions),
    ambient: parts.flatMap(({ ambient }) => ambient),
    incomplete: parts.find(({ incomplete }) => incomplete !== null)?.incomplete ?? null,
  };
}
