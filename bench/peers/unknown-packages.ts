import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { BARE, CLI } from '../perf/child.js';
import { benchPackage } from '../perf/documents.js';
import { writeBenchProject } from '../perf/write-project.js';
import type { Comparison } from './comparison.js';

const PACKAGES = 50;

/** Cold processes that ask the registry at `url` about 50 packages: ours, and one that only gets and parses their documents. */
export function compareUnknownPackages(scratch: string, url: string): Comparison {
  const packages = Array.from({ length: PACKAGES }, (_, index) => benchPackage(index, url));
  const cwd = writeBenchProject(path.join(scratch, 'unknown'), packages);
  const fetcher = path.join(scratch, 'fetch.mjs');
  const names = JSON.stringify(packages.map(({ name }) => name));
  writeFileSync(
    fetcher,
    `import { Agent } from 'undici';
const agent = new Agent({ connections: 64 });
const get = async (name) => (await (await agent.request({ origin: '${url}', path: '/' + name, method: 'GET' })).body.json()).name;
await Promise.all(${names}.map(get));
await agent.destroy();
`,
  );
  const options = ['--registry', url, '--downloads-url', 'none', '--no-cache'];
  return {
    title: `${PACKAGES} packages that nobody knows, registry answers after 50 ms`,
    rounds: 9,
    children: {
      'node -e 0': BARE,
      'undici alone': { args: [fetcher], cwd },
      'check, no cache': { args: [CLI, 'check', ...options], cwd },
    },
  };
}
