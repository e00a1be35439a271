import { readFileSync } from 'node:fs';

/** A tool call, and what has to come of it. */
export type Case = {
  /** What is shown of it. */
  readonly title: string;
  /** The hook's stdin. */
  readonly input: Readonly<Record<string, unknown>>;
  /** Invented names that the refusal has to name; none for what is only stopped or passed. */
  readonly names: readonly string[];
  readonly expected: 'stopped' | 'passes';
  /** Whether it installs nothing at all. */
  readonly isInnocent: boolean;
};

/** The shell lines and the other tool calls; lines.tsv says what the labels mean. */
export function readCases(folder: string): readonly Case[] {
  const lines = readFileSync(`${folder}/lines.tsv`, 'utf8')
    .split('\n')
    .filter((row) => row !== '' && !row.startsWith('#'))
    .map((row) => {
      const tab = row.indexOf('\t');
      const command = row.slice(tab + 1).replaceAll('⏎', '\n');
      return labelled(row.slice(0, tab), row.slice(tab + 1), {
        hook_event_name: 'PreToolUse',
        tool_name: 'Bash',
        tool_input: { command },
      });
    });
  const calls = readFileSync(`${folder}/calls.ndjson`, 'utf8')
    .split('\n')
    .filter((row) => row !== '')
    .map((row) => {
      const { label, input } = JSON.parse(row) as { label: string; input: Case['input'] };
      return labelled(label, JSON.stringify(input), input);
    });
  return [...lines, ...calls];
}

function labelled(label: string, title: string, input: Case['input']): Case {
  const passes = label === '-' || label === 'ok';
  const names = passes || label === '?' || label === '!' ? [] : label.split(',');
  return { title, input, names, expected: passes ? 'passes' : 'stopped', isInnocent: label === '-' };
}
