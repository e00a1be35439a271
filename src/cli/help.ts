import { COMMANDS, type CommandName, isInternal } from './commands.js';
import { OPTIONS, type OptionName, optionSpec } from './options.js';

/** Longer ones push their description to the right. */
const USAGE_WIDTH = 30;

/** The text of `--help`. */
export function renderHelp(): string {
  const commands = (Object.keys(COMMANDS) as CommandName[]).filter((name) => !isInternal(name));
  const options = Object.keys(OPTIONS) as OptionName[];
  return [
    'Usage: phantom-guard-install COMMAND [OPTIONS]',
    '',
    'Judges the packages of a resolved npm or pnpm tree, and blocks invented names.',
    '',
    'Commands',
    ...commands.map((name) => line(COMMANDS[name].usage, COMMANDS[name].description)),
    '',
    'Options',
    ...options.map((name) => line(optionUsage(name), OPTIONS[name].description)),
    '',
    'Exit status: 0 nothing blocked, 1 at least one package blocked, 2 could not decide.',
    '',
  ].join('\n');
}

function optionUsage(name: OptionName): string {
  const spec = optionSpec(name);
  const short = spec.short === undefined ? '' : `-${spec.short}, `;
  const placeholder = spec.placeholder === undefined ? '' : ` ${spec.placeholder}`;
  return `${short}--${name}${placeholder}`;
}

function line(usage: string, description: string): string {
  return `  ${usage.padEnd(USAGE_WIDTH)}  ${description}`;
}
