/** The table of packages, but for what an open row shows. */
export const TABLE = `
table {
  margin-top: 0.75rem; width: 100%; table-layout: fixed; border-collapse: separate; border-spacing: 0;
  background: var(--surface); border: 1px solid var(--border); border-radius: 10px;
}
thead th {
  position: sticky; top: 0; z-index: 1; background: var(--surface); border-bottom: 2px solid var(--border);
  font-size: 0.8125rem; color: var(--muted); white-space: nowrap;
}
thead th:first-child { border-top-left-radius: 10px; }
thead th:last-child { border-top-right-radius: 10px; }
th, td { padding: 0.625rem 0.75rem; text-align: left; vertical-align: top; }
th.package { width: 28%; }
th.verdict { width: 8.5rem; }
th.score { width: 5.5rem; }
th.asked { width: 18%; }
tbody + tbody > .head > * { border-top: 1px solid var(--border); }
tbody th { font-weight: 600; overflow-wrap: anywhere; }
.spec { font: 600 0.875rem/1.5 ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; unicode-bidi: isolate; }
.tag {
  display: inline-block; padding: 0 0.4rem; font-size: 0.75rem; font-weight: 400; color: var(--muted);
  border: 1px solid var(--border); border-radius: 999px;
}
.badge {
  display: inline-block; padding: 0 0.5rem; font-size: 0.8125rem; font-weight: 600; color: var(--on-tone); background: var(--tone);
  border: 1px solid transparent; border-radius: 999px;
}
.risk { display: block; font-size: 0.8125rem; color: var(--muted); }
.score { font-variant-numeric: tabular-nums; }
.score svg { display: block; margin-top: 0.25rem; }
.score .track { fill: var(--border); }
.score .fill { fill: var(--tone); }
td.why, td.asked { font-size: 0.875rem; }
.head.head:hover > * { background: var(--sunken); }
@media (max-width: 56rem) {
  table, thead, tbody, tbody th, td, .more { display: block; }
  thead tr { display: flex; flex-wrap: wrap; padding: 0.25rem 0.5rem; border-bottom: 2px solid var(--border); }
  thead th { position: static; border: 0; padding: 0.25rem 0.375rem; }
  th.package.package, th.verdict.verdict, th.score.score, th.asked.asked { width: auto; }
  .head { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0.25rem 0.75rem; padding: 0.75rem; }
  tbody + tbody > .head { border-top: 1px solid var(--border); }
  .head.head > * { padding: 0; border: 0; }
  .head > .why { grid-column: 1 / -1; }
  .head > .score, .head > .asked { display: none; }
  .head > .verdict { text-align: right; }
}
`;
