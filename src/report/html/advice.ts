import { capitalized } from '../brief.js';
import { type Manager, readyCommands } from '../text/commands.js';
import { type Html, html, NOTHING } from './html.js';
import type { MergedPackage } from './merge-entries.js';

/** Whose commands a page shows. */
export type AdviceOptions = {
  readonly manager: Manager;
  /** Whether a project asks for the packages; else somebody typed their names. */
  readonly inProject: boolean;
};

/** What may have been meant, and the commands that are ready to be copied. Nothing where there is nothing to do. */
export function renderAdvice(merged: MergedPackage, { manager, inProject }: AdviceOptions): Html {
  const commands = readyCommands(merged, manager, inProject);
  const meant = merged.suggestions.map(
    ({ name, why }) => html`<li>Did you mean <code>${name}</code>? ${capitalized(why)}</li>`,
  );
  if (meant.length + commands.length === 0) return NOTHING;
  return html`<h3>What to do</h3>
${meant.length === 0 ? NOTHING : html`<ul class="meant">${meant}</ul>`}
${commands.map(({ when, command }) => html`<p class="command"><span>${when}</span> <code>${command}</code></p>`)}`;
}
