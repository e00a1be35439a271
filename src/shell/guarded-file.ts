import type { Override } from './finding.js';

/** Files that say what the guard lets through, and files that it consists of or is started from. */
const GUARDED: readonly (readonly [RegExp, Override])[] = [
  [/(?:^|\/)phantom-guard\.config\.json$|\/phantom-guard\/config\.json$/, 'configuration'],
  [/(?:^|\/)\.phantom-guard(?:\/|$)|(?:^|\/)phantom-guard\.lock\.json$/, 'files'],
  [/\.local\/(?:share|state)\/phantom-guard(?:\/|$)|node_modules\/phantom-guard-install(?:\/|$)/, 'files'],
  [/(?:^|\/)\.claude\/settings(?:\.local)?\.json$/, 'agent-settings'],
  [/(?:^|\/)\.cursor\/hooks\.json$/, 'agent-settings'],
  [/(?:^|\/)\.codex\/(?:hooks\.json|config\.toml)$/, 'agent-settings'],
  [/(?:^|\/)\.(?:github\/hooks|copilot\/hooks)\/[^/]+\.json$/, 'agent-settings'],
];

/** What a path is to the guard; `null` = nothing. */
export function guardedFile(file: string): Override | null {
  return GUARDED.find(([pattern]) => pattern.test(file.replaceAll('\\', '/')))?.[1] ?? null;
}
