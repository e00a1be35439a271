import type { BaseIssue } from 'valibot';
import { type KeyPath, quote } from './key-path.js';
import { typeName } from './type-name.js';

/** What the schema objects to: the path from where it began, and the words for it. */
export type Objection = { readonly path: KeyPath; readonly message: string };

type Issue = BaseIssue<unknown>;

const WANTED: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  boolean: 'true or false',
  array: 'an array',
};
const MAX_LISTED = 4;

/** Puts an issue of the schema into words of our own. */
export function describeIssue(issue: Issue, above: KeyPath = []): readonly Objection[] {
  const path = [...above, ...(issue.path ?? []).map(({ key }) => key as string | number)];
  if (issue.type === 'union') return describeUnion(issue, path);
  return [{ path, message: messageOf(issue) }];
}

function messageOf(issue: Issue): string {
  if (issue.kind === 'validation') return issue.message;
  if (issue.expected === 'never') return 'unknown key';
  if (issue.path?.at(-1)?.origin === 'key') return 'missing';
  if (issue.type === 'picklist') return `${quote(issue.input)} is ${noneOf(issue.expected ?? '')}`;
  return `expected ${WANTED[issue.type] ?? issue.expected}, got ${typeName(issue.input)}`;
}

/** `expected` is valibot's list of alternatives: `("a" | "b")`. */
function noneOf(expected: string): string {
  const options = expected.replace(/^\(|\)$/g, '').split(' | ');
  return options.length > MAX_LISTED ? 'no known value' : `none of ${options.join(', ')}`;
}

/** Every union of the configuration is a string or an object: what was written says which of them was meant. */
function describeUnion({ input, issues: inner }: Issue, path: KeyPath): readonly Objection[] {
  const issues: readonly Issue[] = inner ?? [];
  const isOfObject = (issue: Issue): boolean => issue.path !== undefined;
  if (typeName(input) === 'an object') {
    return issues.filter(isOfObject).flatMap((issue) => describeIssue(issue, path));
  }
  const ofString = typeof input === 'string' ? issues.find((issue) => !isOfObject(issue)) : undefined;
  if (ofString !== undefined) return describeIssue(ofString, path);
  return [{ path, message: `expected a string or an object, got ${typeName(input)}` }];
}
