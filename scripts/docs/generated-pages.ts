import { renderCliPage } from './cli-page.js';
import { renderConfigurationPage } from './configuration-page.js';
import { renderSignalsPage } from './signals-page.js';

/** A page of the documentation that is made from the code; `file` is relative to the repository. */
export type GeneratedPage = { readonly file: string; readonly text: string };

export function generatedPages(): readonly GeneratedPage[] {
  return [
    { file: 'docs/reference/cli.md', text: renderCliPage() },
    { file: 'docs/reference/configuration.md', text: renderConfigurationPage() },
    { file: 'docs/signals/README.md', text: renderSignalsPage() },
  ];
}
