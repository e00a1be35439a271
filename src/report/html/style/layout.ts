/** The page, its banner and its sections. */
export const LAYOUT = `
*, ::before, ::after { box-sizing: border-box; }
html { scroll-padding-top: 3rem; }
body {
  margin: 0 auto; padding: 1.5rem clamp(0.75rem, 3vw, 2rem) 3rem; max-width: 80rem;
  background: var(--page); color: var(--text); font: 0.9375rem/1.5 system-ui, "Segoe UI", "Liberation Sans", sans-serif;
  overflow-wrap: break-word;
}
h1, h2, h3, p, ul, ol, dl, dd { margin: 0; padding: 0; }
h2 { font-size: 1.125rem; margin-bottom: 0.5rem; }
h3 { font-size: 0.8125rem; text-transform: uppercase; letter-spacing: 0.04em; color: var(--muted); margin-bottom: 0.5rem; }
a { color: var(--link); }
code { font: 0.875em/1.4 ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; unicode-bidi: isolate; }
q { unicode-bidi: isolate; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 4px; }
[hidden] { display: none !important; }
.hidden-text { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.note, .how { color: var(--muted); font-size: 0.875rem; }
.how { margin-top: 0.5rem; }
.none { padding: 1.5rem; text-align: center; color: var(--muted); background: var(--surface); border: 1px solid var(--border); border-radius: 10px; }
.count { color: var(--muted); font-weight: 400; font-variant-numeric: tabular-nums; }
section[id] { margin-top: 2rem; }

.banner, .box { background: var(--soft); border: 1px solid var(--border); border-left: 6px solid var(--tone); border-radius: 10px; }
.banner { padding: 1.25rem 1.5rem; }
.banner h1 { display: flex; align-items: center; gap: 0.6rem; font-size: 2rem; line-height: 1.2; color: var(--tone); }
.banner .mark { flex: none; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
.banner .tool { color: var(--muted); font-size: 0.8125rem; margin-bottom: 0.5rem; }
.banner .meaning { font-size: 1.125rem; margin-top: 0.25rem; }
.banner nav ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; list-style: none; margin-top: 0.75rem; }
.counts { display: grid; grid-template-columns: repeat(auto-fit, minmax(6rem, 1fr)); gap: 0.5rem; max-width: 56rem; margin: 1rem 0; }
.counts div {
  padding: 0.5rem 0.75rem; background: var(--surface);
  border: 1px solid var(--border); border-top: 3px solid var(--tone); border-radius: 8px;
  display: flex; flex-direction: column-reverse;
}
.counts dt { font-size: 0.8125rem; color: var(--muted); }
.counts dd { font-size: clamp(1.25rem, 4vw, 1.5rem); white-space: nowrap; line-height: 1.2; font-weight: 600; color: var(--tone); font-variant-numeric: tabular-nums; }
.counts .zero { border-top-color: var(--border); }
.counts .zero dd { color: var(--muted); font-weight: 400; }

.box { margin-top: 1rem; padding: 0.875rem 1.25rem; }
.box h2 { font-size: 1rem; margin-bottom: 0.25rem; color: var(--tone); }
.box ul { padding-left: 1.1rem; }
.box.error p + p { margin-top: 0.25rem; }
.lines { list-style: none; background: var(--surface); border: 1px solid var(--border); border-radius: 10px; }
.lines li { padding: 0.5rem 1rem; }
.lines li + li { border-top: 1px solid var(--border); }
details > .lines { margin-top: 0.5rem; }
summary { cursor: pointer; }
`;
