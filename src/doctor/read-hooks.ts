import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Places } from '../wiring/places.js';
import { findGuard, type GuardPlace } from './find-guard.js';
import { ownFolder } from './own-files.js';

/** Where `init` puts the hook, below the project. */
export const HOOK_FILE = '.phantom-guard/preinstall.cjs';
export const RECORD_FILE = 'phantom-guard.lock.json';

/** What `init` left in a project. */
export type HookState = {
  readonly isCalled: boolean;
  readonly file: 'missing' | 'ours' | 'modified';
  readonly record: 'missing' | 'valid' | 'invalid';
  /** Where the hook finds the guard; `null` = nowhere. */
  readonly guard: GuardPlace | null;
};

export async function readHooks(project: string, places: Places): Promise<HookState> {
  const scripts = await readScripts(project);
  const hook = await read(path.join(project, HOOK_FILE));
  const own = await read(path.join(ownFolder(), 'hooks', 'preinstall.cjs'));
  const record = recordState(await read(path.join(project, RECORD_FILE)));
  return {
    isCalled: /(?:^|&&)\s*node \.phantom-guard\/preinstall\.cjs(?=\s|$|&|;)/.test(
      scripts['preinstall'] ?? '',
    ),
    file: hook === null ? 'missing' : hook === own ? 'ours' : 'modified',
    record,
    guard: await findGuard(project, places, record === 'valid'),
  };
}

/** The scripts of package.json, as far as they are texts. */
export async function readScripts(project: string): Promise<Readonly<Record<string, string>>> {
  try {
    const manifest = JSON.parse((await read(path.join(project, 'package.json'))) ?? '{}') as {
      readonly scripts?: Record<string, unknown>;
    };
    return Object.fromEntries(
      Object.entries(manifest.scripts ?? {}).flatMap(([name, script]) =>
        typeof script === 'string' ? [[name, script]] : [],
      ),
    );
  } catch {
    return {};
  }
}

/** As hooks/preinstall.cjs takes it. */
function recordState(text: string | null): HookState['record'] {
  if (text === null) return 'missing';
  try {
    const { version, integrity } = JSON.parse(text) as {
      readonly version?: unknown;
      readonly integrity?: unknown;
    };
    const isValid =
      /^\d+\.\d+\.\d+[\w.+-]*$/.test(String(version)) &&
      /^sha512-[A-Za-z0-9+/=]{88}$/.test(String(integrity));
    return isValid ? 'valid' : 'invalid';
  } catch {
    return 'invalid';
  }
}

async function read(file: string): Promise<string | null> {
  return await readFile(file, 'utf8').catch(() => null);
}
