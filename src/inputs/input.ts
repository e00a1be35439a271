/** Something outside of the program that a verdict was made from. A digest of `null` stands for what is not there. */
export type Input = {
  /**
   * - `file`: the bytes of a file
   * - `stamp`: size and time of change of a file that the program brought along
   * - `place`: where a path leads, through links
   * - `folders`: the names of the visible folders in a folder
   * - `lockfiles`: the names of the lockfiles in a folder, those of branches included
   * - `variable`: the value of an environment variable
   */
  readonly kind: 'file' | 'stamp' | 'place' | 'folders' | 'lockfiles' | 'variable';
  /** An absolute path, or the name of a variable. */
  readonly name: string;
  readonly digest: string | null;
};
