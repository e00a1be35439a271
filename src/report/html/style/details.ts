/** What an open row shows. */
export const DETAILS = `
.more > td { padding: 0.25rem 1.25rem 1.5rem 2rem; background: var(--sunken); border-top: 1px dashed var(--border); }
.parts { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 1.25rem 2.5rem; padding-top: 0.75rem; }
.parts .wide { grid-column: 1 / -1; min-width: 0; }
.signals { list-style: none; display: grid; gap: 0.75rem; }
.signals > li { border-left: 3px solid var(--border); padding-left: 0.75rem; }
.signals > .raises { border-color: var(--red); }
.signals > .lowers { border-color: var(--green); }
.raises .weight span { color: var(--red); }
.lowers .weight span { color: var(--green); }
.weight { font-size: 0.8125rem; color: var(--muted); }
.weight a { margin-right: 0.5rem; }
.evidence { list-style: none; display: flex; flex-wrap: wrap; gap: 0.125rem 1rem; font-size: 0.8125rem; color: var(--muted); }
.evidence b { color: var(--text); font-weight: 500; overflow-wrap: anywhere; unicode-bidi: isolate; }
.meant { padding-left: 1.1rem; margin-bottom: 0.75rem; }
.command { display: grid; grid-template-columns: minmax(0, 1fr) auto; align-items: end; gap: 0.25rem 0.5rem; margin-bottom: 0.75rem; }
.command span { font-size: 0.8125rem; color: var(--muted); }
.command code {
  grid-row: 2; grid-column: 1 / -1; padding: 0.5rem 0.75rem; background: var(--surface); border: 1px solid var(--border); border-radius: 8px;
  user-select: all;
}
.facts { display: grid; gap: 0.25rem; max-width: 36rem; }
.facts div { display: flex; gap: 0.75rem; justify-content: space-between; border-bottom: 1px solid var(--border); padding-bottom: 0.25rem; }
.facts dt { color: var(--muted); }
.facts dd { text-align: right; }
.picture { overflow-x: auto; padding: 0.25rem 0.25rem 0.5rem; }
.picture svg { display: block; color: var(--text); }
.picture .line { stroke: var(--muted); stroke-width: 1.5; }
.picture .arrow { fill: var(--muted); }
.picture rect { fill: var(--surface); stroke: var(--muted); }
.picture .importer rect { fill: var(--border); }
.picture .fold rect { stroke-dasharray: 4 3; }
.picture .finding rect { fill: var(--tone, var(--red)); stroke: none; }
.picture .finding text { fill: var(--on-tone, var(--on-red)); font-weight: 600; }
.as-text { font-size: 0.875rem; }
.paths { padding-left: 1.5rem; margin-top: 0.25rem; }
@media (max-width: 56rem) {
  .parts { grid-template-columns: minmax(0, 1fr); }
  .more > td { padding-inline: 0.75rem; }
}
`;
