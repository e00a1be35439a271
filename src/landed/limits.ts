/** Far above any real tree; what is beyond ends the reading with an error, and never with half a tree. */
export const LIMITS = {
  /** Packages in all node_modules folders together. */
  packages: 100_000,
  /** node_modules folders inside of each other. */
  depth: 64,
  /** Bytes of one package.json; a larger one is not read, and its package judged by the folder's name. */
  manifestBytes: 4 * 1024 * 1024,
} as const;

export type Limits = { readonly [L in keyof typeof LIMITS]: number };
