import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import type { GuardError } from '../errors.js';
import { configInvalid } from './config-error.js';
import type { ConfigFile } from './config-file.js';

const SYNTAX: Readonly<Record<string, string>> = {
  InvalidCommentToken: 'JSON has no comments',
  UnexpectedEndOfComment: 'JSON has no comments',
  PropertyNameExpected: 'a key in double quotes is missing here, or a comma is too many',
  ValueExpected: 'a value is missing here, or a comma is too many',
  ColonExpected: 'a colon is missing here',
  CommaExpected: 'a comma is missing here',
  CloseBraceExpected: 'a closing brace is missing here',
  CloseBracketExpected: 'a closing bracket is missing here',
  EndOfFileExpected: 'text after the end of the document',
  UnexpectedEndOfString: 'a string does not end on its line',
};

/** The document of a configuration file as a tree with positions: of it all, and of the configuration in it. */
export type ConfigDocument = { readonly root: Node; readonly config: Node };

/** @throws GuardError CONFIG_INVALID for text that is no JSON by RFC 8259 */
export function parseDocument(file: ConfigFile): ConfigDocument {
  const errors: ParseError[] = [];
  const root = parseTreeOf(file, errors);
  const first = errors[0];
  const config = root && findNodeAtLocation(root, [...file.keyPath]);
  if (first !== undefined || root === undefined || config === undefined) {
    const what = SYNTAX[first === undefined ? 'ValueExpected' : printParseErrorCode(first.error)];
    throw notJson(file, first?.offset ?? 0, what ?? 'not valid JSON');
  }
  if (isDeep(config)) throw tooDeep(file);
  return { root, config };
}

/** Far above what a configuration needs, far below what a recursive function can stand. */
const MAX_TREE_LEVELS = 64;

function isDeep(config: Node): boolean {
  let level: readonly Node[] = [config];
  for (let depth = 0; depth < MAX_TREE_LEVELS && level.length > 0; depth++) {
    level = level.flatMap(({ children = [] }) => children);
  }
  return level.length > 0;
}

function parseTreeOf(file: ConfigFile, errors: ParseError[]): Node | undefined {
  try {
    return parseTree(file.text, errors, { disallowComments: true, allowTrailingComma: false });
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep(file, error);
    throw error;
  }
}

function notJson(file: ConfigFile, offset: number, message: string): GuardError {
  const hint =
    'Write plain JSON, without comments and trailing commas; words of explanation go into "reason".';
  return configInvalid(file, [{ offset, keyPath: [], message, hint }]);
}

function tooDeep(file: ConfigFile, cause?: unknown): GuardError {
  const message = 'objects and arrays are nested too deeply';
  const hint = 'docs/configuration.md describes every key.';
  return configInvalid(file, [{ offset: 0, keyPath: [], message, hint }], cause);
}
