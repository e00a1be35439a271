import { BYSTANDERS, CURRENT, subjectOf } from '../matrix/packages.js';
import type { Plan, Step, World } from './world.js';

type Lines = Readonly<Record<string, unknown>>;
type Parts = Partial<Pick<Plan, 'before' | 'command' | 'subject'>>;

/** The subject as a dependency. */
export function direct({ variant }: World): Record<string, string> {
  const { name, version } = subjectOf(variant);
  return { [name]: version };
}

/** A project of the bystanders and of what `extra` asks for; it lets the subject run its scripts. */
export function project(
  world: World,
  extra: Lines,
  { before = [], command = ['install', '--no-frozen-lockfile'], ...rest }: Parts = {},
): Plan {
  const dependencies = { ...bystanders(), ...(extra['dependencies'] as Lines | undefined) };
  const root = { name: 'zq-matrix-project', version: '1.0.0', private: true, ...extra, dependencies };
  return {
    files: { 'package.json': { ...root, ...allowedUpTo10(world) }, ...allowedFrom11(world) },
    before,
    command,
    ...rest,
  };
}

export function bystanders(): Record<string, string> {
  return Object.fromEntries(BYSTANDERS.map((name) => [name, CURRENT]));
}

/** Steps after which the project has a lockfile, and nothing is installed or stored. */
export const LOCKED: readonly Step[] = [{ run: ['install', '--lockfile-only'] }];

/** pnpm-workspace.yaml with these lines and, where pnpm reads them there, the packages that may run scripts. */
export function workspaceFile(world: World, lines: string): Record<string, string> {
  const { 'pnpm-workspace.yaml': allowed = '' } = allowedFrom11(world);
  return { 'pnpm-workspace.yaml': `${lines}${allowed}` };
}

function allowedUpTo10({ manager, variant }: World): Lines {
  return manager.major === 10 ? { pnpm: { onlyBuiltDependencies: [subjectOf(variant).name] } } : {};
}

function allowedFrom11({ manager, variant }: World): Record<string, string> {
  if (manager.major < 11) return {};
  return { 'pnpm-workspace.yaml': `allowBuilds:\n  ${subjectOf(variant).name}: true\n` };
}
