import type { SignalCode } from '../model/signal.js';

/** Where the project lives; the `repository` of package.json. */
export const PROJECT_PAGE = 'https://github.com/phantom-guard/phantom-guard-install';

/** The page that explains a signal. */
export function signalPage(code: SignalCode): string {
  return `${PROJECT_PAGE}/blob/main/docs/signals/${code}.md`;
}
