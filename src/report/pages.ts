import type { SignalCode } from '../model/signal.js';

/** Where the project lives; the `repository` of package.json. */
export const PROJECT_PAGE = 'https://github.com/phantom-guard/phantom-guard-install';

/** The folder with a page for each signal. */
export const SIGNAL_PAGES = `${PROJECT_PAGE}/blob/main/docs/signals`;

/** The page that explains a signal. */
export function signalPage(code: SignalCode): string {
  return `${SIGNAL_PAGES}/${code}.md`;
}
