import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Debian's browser. */
const CHROMIUM = '/usr/bin/chromium';

/** Why tests in a browser can't run here; `null` where they can. */
export const noBrowser = existsSync(CHROMIUM)
  ? null
  : `${CHROMIUM} is not installed: apt-get install -y chromium`;

/** Starts the browser with an empty profile of its own, and nothing in it that would ask for anything on its own account. */
export function startBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    headless: true,
    args: [
      '--no-sandbox',
      // Grey edges of letters: the same on every machine, and smaller as an image.
      '--disable-lcd-text',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
