import path from 'node:path';
import { AGENT_HOOKS, hookCommand } from './agent-hooks.js';
import { fileChange, type Plan } from './change.js';
import { addHooks, removeHooks } from './edit-agent-settings.js';
import { planGuard } from './guard-copy.js';
import type { RunningPackage } from './package-root.js';
import { placesOf, userHome } from './places.js';
import { readBytes } from './read-bytes.js';

type Env = Readonly<Record<string, string | undefined>>;

/** An agent whose settings are to be written: those of a project, or the user's (`dir` is `null`). */
export type WiredAgent = {
  readonly agent: keyof typeof AGENT_HOOKS;
  readonly dir: string | null;
  readonly env: Env;
};

/**
 * What writes the guard's hook into an agent's settings. The guard that it starts is the user's own install, which is made where
 * there is none: what lies in a project could be anybody's.
 */
export async function planAgent(wired: WiredAgent, running: RunningPackage, node: string): Promise<Plan> {
  const { frame, entries, note } = AGENT_HOOKS[wired.agent];
  const { guard } = placesOf(wired.env);
  const file = settingsFile(wired);
  const bytes = await readBytes(file);
  const command = hookCommand(wired.agent, guard, wired.dir === null ? node : null);
  const text = addHooks(bytes === null ? null : bytes.toString('utf8'), frame, entries(command), file);
  const shared =
    wired.dir === null
      ? []
      : [
          'Whoever shares this file needs an install of the guard: phantom-guard-install init --global. Without it their agent’s commands are refused.',
        ];
  return {
    changes: [...(await planGuard(running, guard)), ...fileChange(file, bytes, Buffer.from(text))],
    emptied: [],
    notes: [note, ...shared],
  };
}

/** What takes the hook out again; the user's install of the guard stays, since other things may start it. */
export async function unplanAgent(wired: WiredAgent): Promise<Plan> {
  const file = settingsFile(wired);
  const bytes = await readBytes(file);
  if (bytes === null) return { changes: [], emptied: [], notes: [] };
  const text = removeHooks(bytes.toString('utf8'), AGENT_HOOKS[wired.agent].frame, file);
  const changes = fileChange(file, bytes, text === null ? null : Buffer.from(text));
  return { changes, emptied: text === null ? [path.dirname(file)] : [], notes: [] };
}

function settingsFile({ agent, dir, env }: WiredAgent): string {
  const { project, user } = AGENT_HOOKS[agent].file;
  return dir === null ? path.join(userHome(env), user) : path.join(dir, project);
}
