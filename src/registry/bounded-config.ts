import { statSync } from 'node:fs';
import path from 'node:path';
import type Config from '@npmcli/config';
import { GuardError } from '../errors.js';
import { mayBeEndless } from '../inputs/may-be-endless.js';

type ConfigClass = typeof Config;

/**
 * npm's library reads each file to its end, and which files these are a project can say: a .npmrc that is a link to
 * /dev/zero, or names it as `userconfig`, would never let it return. What the user himself names may be a pipe.
 */
export function boundedConfig(Library: ConfigClass): ConfigClass {
  return class BoundedConfig extends Library {
    override async loadLocalPrefix(): Promise<void> {
      // Of these npm passes over what is no regular file.
      const manifests = foldersAbove(this.cwd).map((folder) => path.join(folder, 'package.json'));
      for (const file of manifests.filter(isRegular)) refuseEndless(file);
      await super.loadLocalPrefix();
      refuseEndless(path.join(this.localPrefix, '.npmrc'));
    }

    override loadUserConfig(): Promise<void> {
      this.#refuse('userconfig');
      return super.loadUserConfig();
    }

    override loadGlobalConfig(): Promise<void> {
      // Who sets this one can't be told: the library keeps it with its defaults.
      refuseEndless(this.data.get('cli')?.data['globalconfig']);
      this.#refuse('cafile');
      return super.loadGlobalConfig();
    }

    #refuse(key: string): void {
      const project = this.data.get('project')?.data ?? {};
      if (Object.hasOwn(project, key)) refuseEndless(project[key]);
    }
  };
}

/** @throws GuardError REGISTRY_CONFIG_INVALID */
export function refuseEndless(file: unknown): void {
  if (typeof file !== 'string' || !isEndless(file)) return;
  throw new GuardError(
    'REGISTRY_CONFIG_INVALID',
    `${file} is no regular file, and the project makes it a part of npm's configuration`,
    'Make it a text file, or take it out of the configuration.',
  );
}

/** What may not be opened is the library's to tell. */
function isEndless(file: string): boolean {
  try {
    return mayBeEndless(file);
  } catch {
    return false;
  }
}

function isRegular(file: string): boolean {
  try {
    return statSync(file, { throwIfNoEntry: false })?.isFile() === true;
  } catch {
    return false;
  }
}

function foldersAbove(folder: string): readonly string[] {
  const above = path.dirname(folder);
  return above === folder ? [folder] : [folder, ...foldersAbove(above)];
}
