import * as z from 'zod';
import { GuardError } from '../errors.js';

/** Specs of one call; a model that has more to ask asks again. */
export const MOST_SPECS = 200;
/** Characters of a spec: a git URL is long, a name has 214 at most. */
const LONGEST_SPEC = 1_000;
const LONGEST_PATH = 4_096;
const LONGEST_PURPOSE = 500;
/** Characters of what is wrong with the arguments. */
const LONGEST_COMPLAINT = 500;

const NO_CONTROL = /^\P{Cc}*$/u;

const plain = (longest: number) =>
  z.string().min(1).max(longest).regex(NO_CONTROL, 'must not hold control characters');

const directory = plain(LONGEST_PATH)
  .optional()
  .describe('Project folder whose .npmrc and guard configuration count. Default: where the server runs.');

export const INPUTS = {
  validate_packages: z.strictObject({
    specs: z
      .array(plain(LONGEST_SPEC))
      .min(1)
      .max(MOST_SPECS)
      .describe('Names or specs as npm takes them: "left-pad", "@scope/x@^2", "y@npm:z@1".'),
    manager: z
      .enum(['npm', 'pnpm'])
      .optional()
      .describe('Whose registry settings count. Default: the manager that the project uses.'),
    directory,
  }),
  check_project: z.strictObject({
    path: plain(LONGEST_PATH)
      .optional()
      .describe('Project folder, lockfile or package.json. Default: where the server runs.'),
    since: plain(LONGEST_SPEC)
      .optional()
      .describe('Git branch, tag or commit: judge only what changed in the lockfile since then.'),
    all: z.boolean().optional().describe('List safe packages too. Default false: long for a large project.'),
  }),
  explain_package: z.strictObject({
    spec: plain(LONGEST_SPEC).describe('One name or spec, as npm takes it.'),
    directory,
  }),
  find_established_package: z.strictObject({
    purpose: plain(LONGEST_PURPOSE)
      .optional()
      .describe('What the package is for, in a few English words: "parse command line arguments".'),
    name: plain(LONGEST_SPEC).optional().describe('A package name that may be wrong or invented.'),
  }),
} as const;

export type ToolName = keyof typeof INPUTS;
export type InputOf<N extends ToolName> = z.infer<(typeof INPUTS)[N]>;

/** The arguments of a call, checked. @throws GuardError `USAGE` */
export function parseInput<N extends ToolName>(tool: N, given: unknown): InputOf<N> {
  const parsed = INPUTS[tool].safeParse(given ?? {});
  if (parsed.success) return parsed.data as InputOf<N>;
  const complaint = parsed.error.issues
    .map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}: ${message}`))
    .join('; ');
  throw new GuardError(
    'USAGE',
    `the arguments of ${tool} are not as its inputSchema has them: ${complaint.slice(0, LONGEST_COMPLAINT)}`,
    `at most ${MOST_SPECS} specs in one call; correct the arguments and call again`,
  );
}
