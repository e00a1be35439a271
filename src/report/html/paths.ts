import type { ReportedPackage } from '../../model/report.js';
import { type Html, html, NOTHING } from './html.js';
import { renderPathPicture } from './path-picture.js';

/** Who asks for a package: of a finding a picture, and the paths as text to search in and to copy. */
export function renderPaths({ requestedBy, risk }: Pick<ReportedPackage, 'requestedBy' | 'risk'>): Html {
  if (requestedBy.length === 0) return html`<p>Nothing in the tree asks for it.</p>`;
  const list = html`<ol class="paths">${requestedBy.map((path) => html`<li>${steps(path)}</li>`)}</ol>`;
  if (risk === 'safe') return list;
  return html`${renderPathPicture(requestedBy)}<details class="as-text"><summary>Paths as text</summary>${list}</details>`;
}

function steps(path: readonly string[]): Html {
  return html`${path.map((step, index) => html`${index === 0 ? NOTHING : html` → `}<code>${step}</code>`)}`;
}
