import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ConfigRequest } from '../../../src/config/load-config.js';
import { writeProject } from '../../support/projects.js';

export type Place = ConfigRequest & {
  readonly projectDir: string;
  readonly userFile: string;
};

/** A project with these files, and a user whose configuration is `user`. */
export function place(
  files: Readonly<Record<string, string | object>>,
  user: string | object | null = null,
): Place {
  const home = mkdtempSync(path.join(tmpdir(), 'phantom-guard-home-'));
  const userFile = path.join(home, '.config', 'phantom-guard', 'config.json');
  if (user !== null) {
    mkdirSync(path.dirname(userFile), { recursive: true });
    writeFileSync(userFile, typeof user === 'string' ? user : JSON.stringify(user));
  }
  return { projectDir: writeProject(files), configFile: null, env: {}, home, platform: 'linux', userFile };
}

export const OWN = 'phantom-guard.config.json';

export const isRoot = process.geteuid?.() === 0;
