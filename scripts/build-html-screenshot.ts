// Writes docs/images/html-report.png: what the built command line says of a made-up project, in a browser. The registry is on
// loopback: npm run build && npm run build:html-screenshot
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { noBrowser, startBrowser } from '../test/support/browser.js';
import { packument, startFakeRegistry } from '../test/support/fake-registry.js';
import { runProcess } from '../test/support/run-process.js';

const IMAGE = 'docs/images/html-report.png';
const MOST_BYTES = 200_000;
const DAY_MS = 86_400_000;

/** Who asks for whom, beside what stands under `dependencies`. */
const REQUESTS: Readonly<Record<string, readonly string[]>> = {
  express: ['cookie', 'qs'],
  jscodeshift: ['chalk', 'recast'],
  'react-query-hydrator-kit': ['react-hydration-shield'],
  recast: ['tslib'],
};
/** A workspace of the project. */
const ADMIN = { name: 'admin', version: '1.0.0', dependencies: { 'react-hydration-shield': '1.0.0' } };
const DEPENDENCIES = [
  ...['express', 'react', 'react-dom', 'jscodeshift', 'next-auth', '@tanstack/react-query', 'zod'],
  ...['express-jsonwebtoken-guard', 'react-query-hydrator-kit'],
];
const INVENTED = {
  absent: 'express-jsonwebtoken-guard',
  fresh: 'react-hydration-shield',
  doubtful: 'react-query-hydrator-kit',
};

if (noBrowser !== null) throw new Error(noBrowser);
const folder = mkdtempSync(path.join(tmpdir(), 'phantom-guard-screenshot-'));
const registry = await startFakeRegistry({
  absent: [INVENTED.absent],
  allowUnused: true,
  packages: {
    [INVENTED.fresh]: packument({
      name: INVENTED.fresh,
      created: daysAgo(3),
      versions: { '1.0.0': daysAgo(3) },
      manifest: { hasInstallScript: true, scripts: { postinstall: 'node setup.js' } },
    }),
    [INVENTED.doubtful]: packument({
      name: INVENTED.doubtful,
      created: daysAgo(60),
      versions: { '0.9.0': daysAgo(60), '1.0.0': daysAgo(50) },
    }),
  },
});
const browser = await startBrowser();
try {
  writeProject();
  const page = await browser.newPage({ viewport: { width: 1120, height: 1400 }, deviceScaleFactor: 0.85 });
  await page.goto(pathToFileURL(await writeReport()).href);
  mkdirSync(path.dirname(IMAGE), { recursive: true });
  await page.locator('.opens', { hasText: INVENTED.absent }).click();
  await page.locator('.opens', { hasText: INVENTED.doubtful }).click();
  await page.evaluate('scrollTo(0, 0)');
  await page.mouse.move(0, 0);
  await page.screenshot({ path: IMAGE });
  const { size } = statSync(IMAGE);
  if (size > MOST_BYTES) throw new Error(`${IMAGE} has ${size} bytes, more than ${MOST_BYTES}`);
  console.log(`${IMAGE}: ${size} bytes`);
} finally {
  await browser.close();
  await registry.close();
  rmSync(folder, { recursive: true, force: true });
}

function daysAgo(days: number): string {
  return new Date(Date.now() - days * DAY_MS).toISOString();
}

function writeProject(): void {
  const names = [...new Set([...DEPENDENCIES, ...Object.values(REQUESTS).flat()])];
  const dependencies = Object.fromEntries(DEPENDENCIES.map((name) => [name, '1.0.0']));
  const entries = names.map((name) => [
    `node_modules/${name}`,
    {
      version: '1.0.0',
      resolved: `${registry.url}${name}/-/${name.replace(/^@.*\//, '')}-1.0.0.tgz`,
      integrity: `sha512-${Buffer.alloc(64, name).toString('base64')}`,
      dependencies: Object.fromEntries((REQUESTS[name] ?? []).map((other) => [other, '1.0.0'])),
    },
  ]);
  const packages = {
    '': { name: 'shop', version: '1.0.0', workspaces: ['packages/admin'], dependencies },
    'packages/admin': ADMIN,
    'node_modules/admin': { resolved: 'packages/admin', link: true },
    ...Object.fromEntries(entries),
  };
  const lockfile = { name: 'shop', version: '1.0.0', lockfileVersion: 3, requires: true, packages };
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(packages['']));
  writeFileSync(path.join(folder, 'package-lock.json'), JSON.stringify(lockfile));
}

async function writeReport(): Promise<string> {
  const from = ['--registry', registry.url, '--downloads-url', 'none', '--no-cache'];
  const { status, stdout, stderr } = await runProcess(
    process.execPath,
    [path.resolve('dist/cli.js'), 'check', folder, ...from, '--format', 'html'],
    { cwd: folder, env: { HOME: folder } },
  );
  if (status !== 1) throw new Error(`the check ended with ${status}: ${stderr}`);
  const file = path.join(folder, 'report.html');
  writeFileSync(file, stdout);
  return file;
}
