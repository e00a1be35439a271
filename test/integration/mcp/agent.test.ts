import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { type FakeRegistry, startFakeRegistry } from '../../support/fake-registry.js';
import { writeProject } from '../../support/projects.js';
import { openSession, type Session } from './support.js';

let registry: FakeRegistry | null = null;
let session: Session | null = null;
afterEach(async () => {
  await session?.close();
  registry?.verify();
  await registry?.close();
  registry = null;
  session = null;
});

/** An agent that does what the tools tell it, and writes a dependency only when nothing speaks against it. */
async function writeDependency(
  wanted: string,
  project: string,
  { call }: Session,
): Promise<readonly string[]> {
  const tried: string[] = [];
  let name: string | undefined = wanted;
  while (name !== undefined && tried.length < 5) {
    tried.push(name);
    const { document } = await call('validate_packages', { specs: [name] });
    const [verdict] = document.packages;
    if (verdict?.action === 'allow') {
      const manifest = { name: 'app', dependencies: { [name]: '*' } };
      writeFileSync(path.join(project, 'package.json'), JSON.stringify(manifest));
      return tried;
    }
    const meant: string | undefined = verdict?.suggestions[0]?.name;
    name = meant ?? (await call('find_established_package', { name })).document.established[0]?.name;
  }
  return tried;
}

it('An agent that wants an invented name is corrected before any file was written, and ends with the established one', async () => {
  registry = await startFakeRegistry({ absent: ['jscodeshift-react-tools'] });
  const project = writeProject({});
  session = await openSession({ registry, cwd: project });

  const { document, text } = await session.call('validate_packages', { specs: ['jscodeshift-react-tools'] });
  expect(document.status).toBe('blocked');
  expect(text).toContain('it does not exist on the registry');
  expect(text).toContain('Use the established package `jscodeshift` instead');
  expect(readdirSync(project)).toEqual([]);

  const tried = await writeDependency('jscodeshift-react-tools', project, session);
  expect(tried).toEqual(['jscodeshift-react-tools', 'jscodeshift']);
  const manifest = JSON.parse(readFileSync(path.join(project, 'package.json'), 'utf8'));
  expect(manifest.dependencies).toEqual({ jscodeshift: '*' });
});

it('An agent that invents a name for which nobody knows an established one is told so, and writes nothing', async () => {
  registry = await startFakeRegistry({ absent: ['zq-nobody-owns-this'] });
  const project = writeProject({});
  session = await openSession({ registry, cwd: project });
  expect(await writeDependency('zq-nobody-owns-this', project, session)).toEqual(['zq-nobody-owns-this']);
  const { text } = await session.call('validate_packages', { specs: ['zq-nobody-owns-this'] });
  expect(text).toContain('Do not guess another name');
  expect(existsSync(path.join(project, 'package.json'))).toBe(false);
});
