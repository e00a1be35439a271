/** What the page has beside the rules of the HTML report. */
export const PAGE_STYLE = `
form.search { display: flex; flex-wrap: wrap; gap: 0.5rem 0.75rem; align-items: end; margin-top: 1.5rem; }
form.search label { flex: 1 1 16rem; display: grid; gap: 0.25rem; font-size: 0.8125rem; color: var(--muted); }
form.search input, form.search button {
  font: inherit; font-size: 0.9375rem; color: var(--text); background: var(--surface); border: 1px solid var(--muted); border-radius: 8px;
  padding: 0.375rem 0.75rem;
}
form.search button { cursor: pointer; }
th.when { width: 11.5rem; }
th.who { width: 12rem; }
tbody tr + tr > * { border-top: 1px solid var(--border); }
pre { margin: 0.5rem 0 0; padding: 0.75rem 1rem; overflow-x: auto; background: var(--sunken); border: 1px solid var(--border); border-radius: 8px; }
@media (max-width: 56rem) { tbody tr { display: block; padding: 0.5rem 0; } tbody tr > * { padding: 0.125rem 0.75rem; border: 0; } }
`;
