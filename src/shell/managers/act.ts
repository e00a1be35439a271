import { initializerSpec } from '../../wrap/initializer.js';
import type { ShellManager } from '../finding.js';
import { type Call, isKnown, type Reading } from '../scope.js';
import { specsOf } from './options.js';
import { notePackages, noteProject } from './report.js';

/** A command line of a package manager, cut up. */
export type ManagerLine = {
  readonly call: Call;
  readonly manager: ShellManager;
  /** What follows the command. */
  readonly operands: readonly string[];
  /** Values of `--package`. */
  readonly packages: readonly string[];
  /** `--prefix` and the like. */
  readonly folder: string | null;
  readonly registry: string | null;
};

/**
 * What a command does: `install` what it names, or else all that the project asks for; `project` the latter in any case; `run` a
 * package's program; `create` runs an initializer.
 */
export type Action = 'install' | 'project' | 'run' | 'create' | 'none';

export function act(action: Action, line: ManagerLine, reading: Reading): void {
  const { call, manager, folder, registry, operands, packages } = line;
  const specs = specsOf(operands);
  const asks = { manager, folder, registry };
  switch (action) {
    case 'install':
      if (specs.length > 0) notePackages(call, { ...asks, how: 'install', specs }, reading);
      else noteProject(call, manager, folder, reading);
      break;
    case 'project':
      noteProject(call, manager, folder, reading);
      break;
    case 'run':
      notePackages(
        call,
        { ...asks, how: 'run', specs: packages.length > 0 ? packages : specs.slice(0, 1) },
        reading,
      );
      runProgram(call, operands, reading);
      break;
    case 'create':
      notePackages(call, { ...asks, how: 'run', specs: specs.slice(0, 1).map(initializerSpec) }, reading);
      break;
    case 'none':
  }
}

/** The program that was named may install something itself (`npx expo install x`). */
export function runProgram(call: Call, [word = '', ...operands]: readonly string[], reading: Reading): void {
  const program = /^(@[^/]+\/)?[^@]+/.exec(word)?.[0] ?? '';
  if (program !== '' && !/^[./]/.test(program)) reading.runCall({ ...call, words: [program, ...operands] });
}

/** Whether the command can't be told; it may be an install then. */
export function isHidden(word: string, call: Call, { findings }: Reading): boolean {
  if (isKnown(word)) return false;
  findings.push({ kind: 'unclear', why: 'command', text: call.words.join(' ') });
  return true;
}
