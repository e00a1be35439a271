import { joinPlace } from '../builtins.js';
import type { Place, ShellManager } from '../finding.js';
import { isPath } from '../program-name.js';
import { type Call, HOLE, isKnown, type Reading } from '../scope.js';

type Asked = {
  readonly manager: ShellManager;
  readonly how: 'install' | 'run';
  readonly specs: readonly string[];
  /** `--prefix` and the like. */
  readonly folder?: string | null;
  readonly registry?: string | null;
};

/** Notes packages; a name with a hole is nothing that could be judged. */
export function notePackages(
  call: Call,
  { manager, how, specs, folder = null, registry = null }: Asked,
  reading: Reading,
): void {
  if (specs.some((spec) => !isKnown(spec))) {
    const text = call.words.join(' ');
    reading.findings.push({ kind: 'unclear', why: 'name', text });
  }
  const known = specs.filter(isKnown);
  if (known.length === 0) return;
  const place = placeOf(call, folder);
  const asked = registry !== null && isKnown(registry) ? registry : null;
  reading.findings.push({
    kind: 'packages',
    manager,
    how,
    specs: known,
    place,
    registry: asked,
    byPath: isPastShim(call),
  });
}

/** Notes an install of a whole project. */
export function noteProject(
  call: Call,
  manager: ShellManager,
  folder: string | null,
  reading: Reading,
): void {
  const place = placeOf(call, folder);
  if (place === null || reading.changesProject)
    reading.findings.push({ kind: 'unclear', why: 'project', text: call.words.join(' ') });
  else reading.findings.push({ kind: 'project', manager, place, byPath: isPastShim(call) });
}

function placeOf({ scope }: Call, folder: string | null): Place {
  return folder === null ? scope.where.place : joinPlace(scope.where.place, folder);
}

/** A path, or a PATH that the line makes from nothing, leads past every shim. */
function isPastShim({ words, assigned, scope }: Call): boolean {
  const path = assigned.get('PATH') ?? scope.vars.get('PATH') ?? HOLE;
  return isPath(words[0] ?? '') || isKnown(path);
}
