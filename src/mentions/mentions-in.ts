import { componentMentions } from './component-mentions.js';
import { dockerfileCommands } from './dockerfile-commands.js';
import { type Excerpt, wholeFile } from './excerpt.js';
import type { FileKind } from './file-kind.js';
import { groovyCommands } from './groovy-commands.js';
import { installCommandsIn } from './install-commands.js';
import { manifestCommands } from './manifest-commands.js';
import { markdownMentions } from './markdown-mentions.js';
import { type FileMentions, type IsOpen, type Mention, NO_MENTIONS } from './mention.js';
import { importsIn, type ScriptDialect } from './script-imports.js';
import { yamlCommands } from './yaml-commands.js';

/** The names that a file mentions, in the order of their places. Never throws, whatever the text. */
export function mentionsIn(text: string, path: string, kind: FileKind, isOpen: IsOpen): FileMentions {
  const found = readGuarded(wholeFile(text), path, kind, isOpen);
  const mentions = found.mentions.toSorted((a, b) => a.line - b.line || a.column - b.column);
  return { ...found, mentions };
}

function readGuarded(file: Excerpt, path: string, kind: FileKind, isOpen: IsOpen): FileMentions {
  try {
    return read(file, path, kind, isOpen);
  } catch (thrown) {
    // What is nested deeper than the stack can follow.
    if (thrown instanceof RangeError) return { ...NO_MENTIONS, incomplete: `not read: ${thrown.message}` };
    throw thrown;
  }
}

function read(file: Excerpt, path: string, kind: FileKind, isOpen: IsOpen): FileMentions {
  switch (kind) {
    case 'markdown':
    case 'mdx':
      return markdownMentions(file, kind === 'mdx', isOpen);
    case 'script':
      return importsIn(file, dialectOf(path), isOpen);
    case 'component':
      return componentMentions(file, isOpen);
    case 'yaml':
      return yamlCommands(file);
    case 'dockerfile':
      return only(dockerfileCommands(file));
    case 'groovy':
      return only(groovyCommands(file));
    case 'shell':
      return only(installCommandsIn(file));
    case 'manifest':
      return only(manifestCommands(file));
  }
}

function only(mentions: readonly Mention[]): FileMentions {
  return { ...NO_MENTIONS, mentions };
}

function dialectOf(path: string): ScriptDialect {
  if (/\.tsx$/i.test(path)) return 'tsx';
  return /\.[cm]?ts$/i.test(path) ? 'ts' : 'js';
}
