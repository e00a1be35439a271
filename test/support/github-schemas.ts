import { mkdtempSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildSync } from 'esbuild';

type Parser = typeof import('@actions/workflow-parser') &
  typeof import('@actions/workflow-parser/actions/action-parser');

const { NoOperationTraceWriter, parseAction, parseWorkflow } = loadParser();

/** What GitHub's own parser has against an action.yml. */
export function actionFaults(content: string): readonly string[] {
  const { context } = parseAction({ name: 'action.yml', content }, new NoOperationTraceWriter());
  return context.errors.getErrors().map(({ message }) => message);
}

/** What GitHub's own parser has against a workflow. */
export function workflowFaults(content: string): readonly string[] {
  const { context } = parseWorkflow({ name: 'workflow.yml', content }, new NoOperationTraceWriter());
  return context.errors.getErrors().map(({ message }) => message);
}

/** The package imports JSON as bundlers take it and Node does not. */
function loadParser(): Parser {
  const outfile = path.join(mkdtempSync(path.join(tmpdir(), 'workflow-parser-')), 'parser.cjs');
  const contents = `
    export { NoOperationTraceWriter, parseWorkflow } from '@actions/workflow-parser';
    export { parseAction } from '@actions/workflow-parser/actions/action-parser';`;
  const stdin = { contents, resolveDir: import.meta.dirname };
  buildSync({ stdin, outfile, bundle: true, format: 'cjs', platform: 'node' });
  return createRequire(import.meta.url)(outfile) as Parser;
}
