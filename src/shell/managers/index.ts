import type { Handler } from '../run-call.js';
import { BUN } from './bun-line.js';
import { NPM } from './npm-line.js';
import { OTHER_TOOLS } from './other-tools.js';
import { PNPM } from './pnpm-line.js';
import { YARN } from './yarn-line.js';

/** Programs that install packages, by name. */
export const MANAGERS: Readonly<Record<string, Handler>> = {
  ...NPM,
  ...PNPM,
  ...YARN,
  ...BUN,
  ...OTHER_TOOLS,
};
