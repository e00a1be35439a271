import { findNodeAtLocation, getNodeValue, type Node } from 'jsonc-parser';
import * as v from 'valibot';
import { type ConfigProblem, configInvalid } from './config-error.js';
import type { ConfigFile } from './config-file.js';
import { describeIssue, type Objection } from './describe-issue.js';
import { findDuplicates, findKeyProblems } from './find-key-problems.js';
import { hintFor } from './hints.js';
import { formatKeyPath, patternOf } from './key-path.js';
import { parseDocument } from './parse-document.js';
import { configSchema } from './schema.js';
import type { ConfigLevel } from './settings.js';
import { toLevel } from './to-level.js';

/** Reads the text of a configuration. @throws GuardError CONFIG_INVALID, with every problem and its place */
export function parseConfig(file: ConfigFile): ConfigLevel {
  const { root, config } = parseDocument(file);
  const result = v.safeParse(configSchema, getNodeValue(config));
  const objections = (result.issues ?? []).flatMap((issue) => describeIssue(issue));
  const problems = [
    ...findKeyProblems(config),
    ...findUserKey(file, config),
    ...objections.map((objection) => locate(objection, config)),
  ].map((problem) => ({ ...problem, keyPath: [...file.keyPath, ...problem.keyPath] }));
  const outside =
    config === root ? [] : findDuplicates(root, []).filter(({ keyPath }) => isAt(keyPath, file));
  const all = firstOfEach([...outside, ...problems]);
  if (all.length > 0 || !result.success) throw configInvalid(file, all);
  return toLevel(result.output, file);
}

function isAt(keyPath: ConfigProblem['keyPath'], file: ConfigFile): boolean {
  return formatKeyPath(keyPath) === formatKeyPath(file.keyPath);
}

/** A project that could forbid exceptions of projects would only speak of itself. */
function findUserKey({ source }: ConfigFile, config: Node): readonly ConfigProblem[] {
  const value = findNodeAtLocation(config, ['projectExceptions']);
  if (source === 'user' || value === undefined) return [];
  return [
    {
      offset: value.parent?.offset ?? value.offset,
      keyPath: ['projectExceptions'],
      message: 'only the user-level configuration may have this key',
      hint: 'Move it to ~/.config/phantom-guard/config.json; a project without exceptions just has none.',
    },
  ];
}

/** What is missing is placed at the object that it is missing from. */
function locate({ path, message }: Objection, config: Node): ConfigProblem {
  const node =
    findNodeAtLocation(config, [...path]) ?? findNodeAtLocation(config, path.slice(0, -1)) ?? config;
  return { offset: node.offset, keyPath: path, message, hint: hintFor(patternOf(path)) };
}

/** One problem for each key: what follows from the first would only repeat it. */
function firstOfEach(problems: readonly ConfigProblem[]): readonly ConfigProblem[] {
  const byKey = new Map<string, ConfigProblem>();
  for (const problem of problems) {
    const key = formatKeyPath(problem.keyPath);
    if (!byKey.has(key)) byKey.set(key, problem);
  }
  return [...byKey.values()];
}
