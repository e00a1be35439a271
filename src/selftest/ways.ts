import { CONTROL, lockEntryOf, type Subject } from './subjects.js';

/** Who starts npm: our own command line, the user's shell, or the same in a project that has the hooks of this one. */
export type WayKind = 'wrapper' | 'plain' | 'hooks';

/** One way for a package to get onto this machine. */
export type Way = {
  readonly kind: WayKind;
  /** As a person would type it; X is the package. */
  readonly title: string;
  readonly program: 'npm' | 'npx';
  readonly args: (name: string) => readonly string[];
  /** What package.json and lockfile say of the package before. */
  readonly asked: 'on the command line' | 'in package.json' | 'in the lockfile';
};

const ADD = {
  title: 'npm install X',
  program: 'npm',
  args: (name: string) => ['install', name],
  asked: 'on the command line',
} as const;
const INSTALL = {
  title: 'npm install',
  program: 'npm',
  args: () => ['install'],
  asked: 'in package.json',
} as const;
const CI = { title: 'npm ci', program: 'npm', args: () => ['ci'], asked: 'in the lockfile' } as const;
const NPX = {
  title: 'npx X',
  program: 'npx',
  args: (name: string) => ['--yes', name],
  asked: 'on the command line',
} as const;
const GLOBALLY = {
  title: 'npm install -g X',
  program: 'npm',
  args: (name: string) => ['install', '-g', name],
  asked: 'on the command line',
} as const;

/** All that are tried, in this order; `withHooks` where the current project has some. */
export function waysToTry(withHooks: boolean): readonly Way[] {
  const hooks = withHooks ? [ADD, INSTALL, CI] : [];
  return [
    ...[ADD, NPX].map(
      (way): Way => ({ ...way, kind: 'wrapper', title: `phantom-guard-install ${way.title}` }),
    ),
    ...[ADD, INSTALL, CI, NPX, GLOBALLY].map((way): Way => ({ ...way, kind: 'plain' })),
    ...hooks.map((way): Way => ({ ...way, kind: 'hooks', title: `${way.title}, hooks of this project` })),
  ];
}

/** package.json and lockfile of the project in which a way is tried. */
export function projectFiles(
  { asked }: Pick<Way, 'asked'>,
  subject: Subject,
  registryUrl: string,
): { readonly manifest: Readonly<Record<string, unknown>>; readonly lockfile: object | null } {
  const dependencies = asked === 'on the command line' ? {} : { [subject.name]: subject.version };
  const root = { name: 'phantom-guard-selftest', version: '1.0.0', dependencies };
  const packages = { '': root, [`node_modules/${subject.name}`]: lockEntryOf(subject, registryUrl) };
  const lockfile = { name: root.name, version: root.version, lockfileVersion: 3, requires: true, packages };
  return {
    // Where scripts need a word of allowance (npm 11 and 12), the control has it and the squat does not.
    manifest: { ...root, private: true, allowScripts: { [CONTROL.name]: true } },
    lockfile: asked === 'in the lockfile' ? lockfile : null,
  };
}
