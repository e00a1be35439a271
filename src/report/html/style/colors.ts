/** Light, dark, and paper. All text has a contrast of at least 4.5 to 1 (WCAG AA); test/e2e/html-report.test.ts measures it. */
export const COLORS = `
:root {
  color-scheme: light dark;
  --page: #f4f5f7; --surface: #fff; --sunken: #f7f8fa; --text: #1b1f24; --muted: #545d68; --border: #d4d9e0; --link: #0b57d0;
  --red: #b3261e; --red-soft: #fdecea; --on-red: #fff;
  --amber: #8a4b00; --amber-soft: #fff3d9; --on-amber: #fff;
  --green: #14693a; --green-soft: #e6f4ea; --on-green: #fff;
  --violet: #5b4a9e; --violet-soft: #efecfa; --on-violet: #fff;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #121519; --surface: #1a1e24; --sunken: #15191e; --text: #e7eaee; --muted: #a7b0bc; --border: #38404a; --link: #8fb8ff;
    --red: #ff9b91; --red-soft: #3a1a18; --on-red: #2a0b08;
    --amber: #f5bf66; --amber-soft: #35270f; --on-amber: #2b1d00;
    --green: #79d49b; --green-soft: #14301f; --on-green: #06210f;
    --violet: #bcaeff; --violet-soft: #262140; --on-violet: #17103a;
  }
}
@media print {
  :root {
    color-scheme: light;
    --page: #fff; --surface: #fff; --sunken: #fff; --text: #000; --muted: #444; --border: #bbb; --link: #000;
    --red: #b3261e; --red-soft: #fff; --on-red: #fff;
    --amber: #8a4b00; --amber-soft: #fff; --on-amber: #fff;
    --green: #14693a; --green-soft: #fff; --on-green: #fff;
    --violet: #5b4a9e; --violet-soft: #fff; --on-violet: #fff;
  }
}
.not-found, .high-risk, .block, .blocked, .error { --tone: var(--red); --soft: var(--red-soft); --on-tone: var(--on-red); }
.suspicious, .warn, .notice { --tone: var(--amber); --soft: var(--amber-soft); --on-tone: var(--on-amber); }
.unknown, .undecided { --tone: var(--violet); --soft: var(--violet-soft); --on-tone: var(--on-violet); }
.safe, .allow, .allowed { --tone: var(--green); --soft: var(--green-soft); --on-tone: var(--on-green); }
`;
