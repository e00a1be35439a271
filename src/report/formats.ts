/** The report formats of the contract. */
export type Format = 'text' | 'json' | 'sarif' | 'markdown' | 'github' | 'html';

export const allFormats: readonly Format[] = ['text', 'json', 'sarif', 'markdown', 'github', 'html'];
