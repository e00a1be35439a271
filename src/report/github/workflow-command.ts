import { withoutCommands } from './without-commands.js';

export type CommandName = 'error' | 'warning' | 'notice';

/**
 * A workflow command of GitHub Actions, in one line, escaped as its toolkit does it:
 * https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export function workflowCommand(
  name: CommandName,
  properties: Readonly<Record<string, string>>,
  message: string,
): string {
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(value)}`);
  return `::${name}${list.length === 0 ? '' : ` ${list.join(',')}`}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  return withoutCommands(text).replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
}
