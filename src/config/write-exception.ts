import path from 'node:path';
import { GuardError } from '../errors.js';
import type { EpochMs } from '../model/facts.js';
import type { PolicyException, PolicySource } from '../policy/policy.js';
import { checkException, type NewException } from './check-exception.js';
import { type ConfigFile, PROJECT_FILE, SCHEMA_URL } from './config-file.js';
import { appendException, updateException } from './edit-config.js';
import { findProjectConfig, findUserConfig } from './find-config.js';
import { parseConfig } from './parse-config.js';
import { replaceFile } from './replace-file.js';
import { NEW_FILE_STYLE, renderJson } from './text-style.js';
import { type UserPlace, userConfigPath } from './user-config-path.js';

export type ExceptionRequest = UserPlace & {
  /** The folder of the project, absolute; only needed for the target `project`. */
  readonly projectDir: string | null;
  readonly target: PolicySource;
  readonly exception: NewException;
  readonly nowMs: EpochMs;
};

export type ExceptionChange = {
  /** The file that has the exception now. */
  readonly path: string;
  readonly change: 'added' | 'replaced' | 'unchanged';
};

/**
 * Writes an exception into the configuration of the project or user, into a new file where there is none. One with the
 * same name, version and signals is replaced. All else in the file stays byte for byte.
 *
 * @throws GuardError CONFIG_INVALID, CONFIG_UNREADABLE for what is there; USAGE for an exception that would not count;
 * NO_PROJECT; OUTPUT_UNWRITABLE
 */
export async function addException(request: ExceptionRequest): Promise<ExceptionChange> {
  checkException(request.exception, request.target, request.nowMs);
  const file = await findFile(request);
  const { text, change } = editText(file, request.exception);
  const edited = { ...file, text };
  if (!parseConfig(edited).exceptions.some((exception) => isEqual(exception, request.exception))) {
    throw new GuardError('INTERNAL', `the exception did not get into ${file.label}`, 'Please report this.');
  }
  if (change !== 'unchanged') await replaceFile(file.path, file.hasBom ? `\uFEFF${text}` : text);
  return { path: file.path, change };
}

/** The file to write to, with the text of a new one where there is none. */
async function findFile(request: ExceptionRequest): Promise<ConfigFile> {
  const { target, projectDir } = request;
  if (target === 'user') return (await findUserConfig(request)) ?? newFile(userConfigPath(request), target);
  if (projectDir === null) {
    const hint = 'Run this in a project, or write the exception to the user-level configuration.';
    throw new GuardError('NO_PROJECT', 'there is no project to write the exception to', hint);
  }
  return (await findProjectConfig(projectDir)) ?? newFile(path.join(projectDir, PROJECT_FILE), target);
}

function newFile(file: string, source: PolicySource): ConfigFile {
  const text = `${renderJson({ $schema: SCHEMA_URL }, NEW_FILE_STYLE, '')}\n`;
  return { path: file, label: file, text, hasBom: false, source, keyPath: [] };
}

type EditedText = { readonly text: string; readonly change: ExceptionChange['change'] };

function editText(file: ConfigFile, exception: NewException): EditedText {
  const present = parseConfig(file).exceptions;
  const index = present.findIndex((other) => isSameReview(other, exception));
  const current = present[index];
  const { name, version, signals, ...words } = exception;
  const { reason, author, expires, integrity } = words;
  const members = {
    reason,
    author: author ?? undefined,
    expires: expires ?? undefined,
    integrity: integrity ?? undefined,
  };
  if (current === undefined) {
    return { text: appendException(file, { name, version, signals, ...members }), change: 'added' };
  }
  if (isEqual(current, exception)) return { text: file.text, change: 'unchanged' };
  return { text: updateException(file, index, members), change: 'replaced' };
}

function isSameReview(a: NewException, b: NewException): boolean {
  return a.name === b.name && a.version === b.version && sorted(a.signals) === sorted(b.signals);
}

function isEqual(a: NewException | PolicyException, b: NewException | PolicyException): boolean {
  const words = ({ reason, author, expires, integrity }: NewException): string =>
    JSON.stringify([reason, author, expires, integrity]);
  return isSameReview(a, b) && words(a) === words(b);
}

function sorted(signals: readonly string[]): string {
  return signals.toSorted().join();
}
