/** What the page's script brings to life. Signs are no part of names: `/ ""` is their text for screen readers. */
export const CONTROLS = `
#controls { display: flex; flex-wrap: wrap; align-items: end; gap: 0.75rem 1.25rem; margin: 0.75rem 0; }
#controls .search { flex: 1 1 16rem; display: grid; gap: 0.25rem; }
#controls .search span, #controls legend { font-size: 0.8125rem; color: var(--muted); padding: 0; }
#controls fieldset { border: 0; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 0.375rem; min-width: 0; }
#controls legend { margin-bottom: 0.25rem; }
#text-filter, #open-all, .copy {
  font: inherit; color: var(--text); background: var(--surface); border: 1px solid var(--muted); border-radius: 8px; padding: 0.375rem 0.75rem;
}
#text-filter { width: 100%; }
#text-filter::placeholder { color: var(--muted); opacity: 1; }
#open-all, .copy { cursor: pointer; }
.copy { padding: 0.125rem 0.5rem; font-size: 0.8125rem; border-color: var(--border); }
#shown { flex: 1 0 100%; color: var(--muted); font-size: 0.875rem; }
.choice {
  display: inline-flex; align-items: center; gap: 0.375rem; padding: 0.375rem 0.75rem; cursor: pointer;
  background: var(--surface); border: 1px solid var(--border); border-radius: 8px;
}
.choice:has(:checked) { border-color: var(--tone); background: var(--soft); color: var(--tone); }
.choice:has(:checked) .count { color: inherit; }
.choice:has(:focus-visible) { outline: 2px solid var(--link); outline-offset: 2px; }
.choice input { accent-color: var(--tone); margin: 0; }
thead button, .opens {
  font: inherit; color: inherit; background: none; border: 0; padding: 0; text-align: left; cursor: pointer; overflow-wrap: anywhere;
}
thead button::after { content: "↕"; content: "↕" / ""; margin-left: 0.375rem; opacity: 0.6; }
th[aria-sort="ascending"] button::after { content: "↑"; content: "↑" / ""; opacity: 1; }
th[aria-sort="descending"] button::after { content: "↓"; content: "↓" / ""; opacity: 1; }
.opens { display: inline-flex; gap: 0.5rem; align-items: baseline; min-height: 1.5rem; }
.opens::before { content: "▸"; content: "▸" / ""; color: var(--muted); flex: none; width: 0.75rem; }
.opens[aria-expanded="true"]::before { content: "▾"; content: "▾" / ""; }
.opens:hover { color: var(--link); text-decoration: underline; }
@media screen {
  .script tbody:not(.open) .more { display: none; }
}
@media (prefers-reduced-motion: no-preference) {
  .choice, .opens, #open-all, .copy { transition: background-color 0.12s, color 0.12s, border-color 0.12s; }
}
`;
