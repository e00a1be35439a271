/** The table of packages, but for what an open row shows. */
export const TABLE = `
table {
  width: 100%; table-layout: fixed; border-collapse: separate; border-spacing: 0;
  background: var(--surface); border: 1px solid var(--border); border-radius: 10px;
}
thead th {
  position: sticky; top: 0; z-index: 1; background: var(--surface); border-bottom: 2px solid var(--border);
  font-size: 0.8125rem; color: var(--muted); white-space: nowrap;
}
thead th:first-child { border-top-left-radius: 10px; }
thead th:last-child { border-top-right-radius: 10px; }
th, td { padding: 0.625rem 0.75rem; text-align: left; vertical-align: top; }
th.package { width: 29%; }
th.verdict { width: 9rem; }
th.score { width: 6rem; }
th.asked { width: 19%; }
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
.why, .asked { font-size: 0.875rem; }
.head.head:hover > * { background: var(--sunken); }
@media (max-width: 60rem) {
  .asked { display: none; }
}
@media (max-width: 40rem) {
  .score, .why { display: none; }
  th.package { width: auto; }
  th.verdict { width: 7rem; }
}
`;
