import type { Detector } from './detector.js';

/**
 * The attack: a package is installed under the name of another (`"lodash": "npm:lodahs@1"`): reviews see the one, the
 * code gets the other.
 *
 * Known false positives: two versions side by side (`string-width-cjs`), and replacements that are meant
 * (`react: npm:@preact/compat`).
 */
export const alias: Detector = {
  code: 'ALIAS',
  detect: ({ entry, context, names }) => {
    if (entry.alias === null || entry.source !== 'registry') return null;
    const hides = context.aliased !== null && names.popularity === null;
    return { alias: entry.alias, hidesEstablished: hides };
  },
};
