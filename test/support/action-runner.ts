import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { data, Evaluator, Lexer, Parser } from '@actions/expressions';
import { load } from 'js-yaml';
import { type ProcessRun, runProcess } from './run-process.js';

export type ActionStep = {
  readonly id: string;
  readonly shell: string;
  readonly run: string;
  readonly env: Readonly<Record<string, string>>;
};

export type ActionFile = {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, { readonly description: string; readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly ActionStep[] };
};

export type ActionOptions = {
  /** The checkout that is judged. */
  readonly workspace: string;
  /** As `with:` of a workflow; the others have their defaults. */
  readonly inputs?: Readonly<Record<string, string>>;
  readonly event?: { readonly name: string; readonly baseSha: string };
  readonly env?: Readonly<Record<string, string>>;
};

export type ActionRun = ProcessRun & {
  /** The outputs of the action, by the expressions of action.yml. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
};

const ROOT = path.resolve(import.meta.dirname, '../..');

export function readAction(): ActionFile {
  return load(readFileSync(path.join(ROOT, 'action.yml'), 'utf8')) as ActionFile;
}

/** Runs the step of action.yml as GitHub's runner does: real bash, its options, files and variables; expressions by GitHub's parser. */
export async function runAction({
  workspace,
  inputs = {},
  event,
  env = {},
}: ActionOptions): Promise<ActionRun> {
  const action = readAction();
  const temp = mkdtempSync(path.join(tmpdir(), 'runner-'));
  const files = Object.fromEntries(
    ['script.sh', 'output', 'summary'].map((name) => [name, emptyFile(temp, name)]),
  );
  const { 'script.sh': script = '', output = '', summary = '' } = files;
  const defaults = Object.entries(action.inputs).map(([name, input]) => [name, input.default ?? ''] as const);
  const context = {
    inputs: { ...Object.fromEntries(defaults), ...inputs },
    github: {
      event_name: event?.name ?? 'push',
      event: { pull_request: { base: { sha: event?.baseSha ?? '' } } },
    },
  };
  const [step] = action.runs.steps;
  if (step === undefined) throw new Error('action.yml has no step');
  writeFileSync(script, substitute(step.run, context));
  const own = Object.entries(step.env).map(([name, value]) => [name, substitute(value, context)]);
  const run = await runProcess('bash', ['--noprofile', '--norc', '-eo', 'pipefail', script], {
    cwd: workspace,
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: temp,
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      GITHUB_ACTION_PATH: ROOT,
      GITHUB_WORKSPACE: workspace,
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: summary,
      RUNNER_TEMP: temp,
      ...env,
      ...Object.fromEntries(own),
    },
  });
  const steps = { [step.id]: { outputs: readOutputs(readFileSync(output, 'utf8')) } };
  const outputs = Object.entries(action.outputs).map(([name, { value }]) => [
    name,
    substitute(value, { steps }),
  ]);
  return { ...run, outputs: Object.fromEntries(outputs), summary: readFileSync(summary, 'utf8') };
}

/** `NAME=VALUE` lines; the other form, with a delimiter, the action has no use for. */
function readOutputs(text: string): Record<string, string> {
  const lines = text.split('\n').filter((line) => line !== '');
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf('=');
      if (at < 1) throw new Error(`no output: ${line}`);
      return [line.slice(0, at), line.slice(at + 1)];
    }),
  );
}

function substitute(text: string, context: object): string {
  return text.replace(/\$\{\{(.*?)\}\}/g, (_, expression: string) => evaluate(expression, context));
}

function evaluate(expression: string, context: object): string {
  const { tokens } = new Lexer(expression.trim()).lex();
  const parsed = new Parser(tokens, Object.keys(context), []).parse();
  return new Evaluator(parsed, toData(context) as data.Dictionary).evaluate().coerceString();
}

function toData(value: unknown): data.ExpressionData {
  if (typeof value === 'string') return new data.StringData(value);
  const pairs = Object.entries(value as object).map(([key, inner]) => ({ key, value: toData(inner) }));
  return new data.Dictionary(...pairs);
}

function emptyFile(folder: string, name: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, '');
  return file;
}
