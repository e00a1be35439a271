/** What becomes of one file; both sides as bytes, since start files of shells may be in any encoding. */
export type FileChange = {
  readonly kind: 'file';
  readonly path: string;
  /** `null` = there is none. */
  readonly before: Buffer | null;
  /** `null` = it goes. */
  readonly after: Buffer | null;
  /** Permissions of a new file, `null` = as the umask has it; those of an existing one stay. */
  readonly mode: number | null;
};

/** What becomes of a folder that is this program's as a whole. */
export type FolderChange = {
  readonly kind: 'folder';
  readonly path: string;
  /** The folder that it becomes a copy of; `null` = it goes. */
  readonly source: string | null;
  /** The files of the copy, relative to either folder. */
  readonly files: readonly string[];
};

export type Change = FileChange | FolderChange;

/** What `init` would do; nothing is written by making one. */
export type Plan = {
  /** In the order of writing: what is referred to comes before what refers to it. */
  readonly changes: readonly Change[];
  /** Folders that go when nothing is left in them. */
  readonly emptied: readonly string[];
  /** What the user should know, one sentence or more each. */
  readonly notes: readonly string[];
};

/** No change where both sides are the same. */
export function fileChange(
  path: string,
  before: Buffer | null,
  after: Buffer | null,
  mode: number | null = null,
): readonly FileChange[] {
  const isSame = before === null || after === null ? before === after : before.equals(after);
  return isSame ? [] : [{ kind: 'file', path, before, after, mode }];
}

/** Bytes as a text of one character a byte, so that what is not touched stays as it is whatever the encoding. */
export function asText(bytes: Buffer): string {
  return bytes.toString('latin1');
}

export function asBytes(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}

/** A text of this program's, to be put between bytes. */
export function utf8(text: string): string {
  return asText(Buffer.from(text, 'utf8'));
}
