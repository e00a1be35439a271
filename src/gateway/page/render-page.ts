import { createHash } from 'node:crypto';
import { TOOL } from '../../cli/tool.js';
import { type Html, html, NOTHING } from '../../report/html/html.js';
import { STYLE } from '../../report/html/style/style.js';
import { ACTION_WORDS, STATUS_WORDS, specOf } from '../../report/html/words.js';
import { count } from '../../report/numbers.js';
import { actionOf, type Decision } from '../decision.js';
import type { Recent } from '../gateway.js';
import type { Health } from '../health.js';
import { renderNameExplanation } from './render-explanation.js';
import { PAGE_STYLE } from './style.js';

export type PageInput = {
  readonly health: Health;
  /** The newest first. */
  readonly decisions: readonly Decision[];
  /** What somebody looks for; empty = nothing. */
  readonly search: string;
  readonly recent: Recent | null;
};

const CSS = `${STYLE}${PAGE_STYLE}`;

/** For the header and the page alike: styles of ours, a form to itself, and nothing else. */
export const PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(CSS).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const TONES = { ok: 'allowed', degraded: 'notice', failing: 'error' } as const;
const STATE_WORDS = {
  ok: 'The gateway works',
  degraded: 'The gateway works, and something is wrong',
  failing: 'The gateway cannot judge',
} as const;

/** The page of the gateway. It needs nothing else, and no JavaScript; its links hold below any prefix. Pure. */
export function renderPage({ health, decisions, search, recent }: PageInput): string {
  const shown = decisions.filter(({ name }) => name.includes(search));
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${STATE_WORDS[health.status]}</title>
<style>${{ markup: CSS }}</style>
</head>
<body>
<header class="banner ${TONES[health.status]}">
<p class="tool">${TOOL.name} ${health.version}, gateway for Verdaccio</p>
<h1>${STATE_WORDS[health.status]}</h1>
<p class="meaning">${meaningOf(health)}</p>
</header>
<main>
${renderProblems(health)}
<form class="search" method="get" role="search">
<label>Name of a package <input name="name" value="${search}" autocomplete="off" spellcheck="false"></label>
<button>Search</button>
</form>
${search === '' ? NOTHING : renderNameExplanation(search, recent)}
<section id="decisions"><h2>Last decisions <span class="count">${count(shown.length, 'decision')}</span></h2>
${renderDecisions(shown)}
</section>
</main>
</body>
</html>
`.markup;
}

function meaningOf({ status, configLoadedAt }: Health): string {
  if (status === 'failing') return 'Nothing that came from an uplink is served until that is mended.';
  return configLoadedAt === null
    ? ''
    : `Its configuration was read on ${toTime(Date.parse(configLoadedAt))}.`;
}

function renderProblems({ problems }: Health): Html {
  if (problems.length === 0) return NOTHING;
  return html`<section class="box error"><h2>What is wrong</h2><ul>${problems.map((problem) => html`<li>${problem}</li>`)}</ul></section>`;
}

function renderDecisions(decisions: readonly Decision[]): Html {
  if (decisions.length === 0)
    return html`<p class="none">Nothing was blocked, warned about or left undecided since the start.</p>`;
  return html`<table>
<thead><tr><th scope="col" class="when">When</th><th scope="col" class="package">Package</th><th scope="col" class="verdict">Verdict</th><th scope="col">Why</th><th scope="col" class="who">Who asked</th></tr></thead>
<tbody>${decisions.map(renderDecision)}</tbody>
</table>`;
}

function renderDecision({ atMs, name, version, ruling, asker }: Decision): Html {
  const action = actionOf(ruling);
  const word = action === 'undecided' ? STATUS_WORDS.undecided : ACTION_WORDS[action];
  const who = asker.user ?? 'nobody who is logged in';
  return html`<tr><td>${toTime(atMs)}</td>
<th scope="row"><a class="spec" href="?name=${encodeURIComponent(name)}">${specOf({ name, version })}</a></th>
<td><span class="badge ${action}">${word}</span></td>
<td class="why">${ruling?.reason ?? ''}</td>
<td>${who}${asker.ip === null ? NOTHING : html` <code>${asker.ip}</code>`}</td></tr>
`;
}

/** To the second, in UTC. */
function toTime(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
