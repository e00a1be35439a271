import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { main } from '../../../src/cli/main.js';
import type { Report } from '../../../src/model/report.js';
import { fakeIo } from '../../support/fake-io.js';
import { packument } from '../../support/fake-registry.js';
import { packageLock, writeProject } from '../../support/projects.js';

/** The organisation's key. */
export const KEY = randomBytes(32);

/** Names that no bundled data knows. */
export const NAMES: readonly string[] = ['zq-one', 'zq-two', 'zq-three'];

/** Documents of names that are old and used, so that they are allowed. */
export function documents(names: readonly string[] = NAMES) {
  return Object.fromEntries(names.map((name) => [name, packument({ name })]));
}

export type MachineOptions = {
  readonly registry: string;
  readonly store: string;
  readonly key?: Buffer | null;
  readonly names?: readonly string[];
};

export type Outcome = { readonly report: Report; readonly stderr: string; readonly status: number };

/** A machine of the organisation: a home, a cache and a project of its own. */
export function machine({ registry, store, key = KEY, names = NAMES }: MachineOptions) {
  const integrity = `sha512-${'A'.repeat(86)}==`;
  const cwd = writeProject({
    '.npmrc': `registry=${registry}\nfetch-retries=0\n`,
    'package.json': {
      name: 'project',
      version: '1.0.0',
      dependencies: Object.fromEntries(names.map((name) => [name, '*'])),
    },
    'package-lock.json': packageLock(
      Object.fromEntries(names.map((name) => [`node_modules/${name}`, { version: '1.0.0', integrity }])),
    ),
  });
  const { io: base } = fakeIo({ cwd });
  const folder = path.join(base.home, '.config/phantom-guard');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'config.json'), JSON.stringify({ store }));
  if (key !== null) writeFileSync(path.join(folder, 'store.key'), key, { mode: 0o600 });
  return {
    cwd,
    home: base.home,
    check: async (words: readonly string[] = []): Promise<Outcome> => {
      const { io, stdout, stderr } = fakeIo({ cwd });
      const argv = ['check', '--format', 'json', '--downloads-url', 'none', '--all', ...words];
      const { status } = await main(argv, { ...io, env: base.env, home: base.home });
      return { report: JSON.parse(stdout()) as Report, stderr: stderr(), status };
    },
  };
}

/** The verdicts, without what differs from run to run. */
export function verdictsOf({ report }: Outcome) {
  return report.packages.map(({ name, action, signals }) => ({
    name,
    action,
    signals: signals.map(({ code }) => code),
  }));
}
