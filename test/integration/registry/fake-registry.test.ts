import { afterEach, expect, it } from 'vitest';
import { type FakeRegistry, packument, startFakeRegistry } from '../../support/fake-registry.js';

let registry: FakeRegistry | null = null;
afterEach(() => registry?.close());

it('the fake registry complains about what was not expected', async () => {
  registry = await startFakeRegistry({ packages: { kelp: packument({ name: 'kelp' }) } });
  await fetch(`${registry.url}kelp`);
  registry.verify();
  expect((await fetch(`${registry.url}other`)).status).toBe(400);
  expect(() => registry?.verify()).toThrow(/unexpected GET \/other/);
  registry.reset();
  expect(registry.requests).toHaveLength(0);
});

it('the fake registry complains about what was expected and did not happen', async () => {
  registry = await startFakeRegistry({
    packages: { kelp: packument({ name: 'kelp' }) },
    absent: ['gone'],
    faults: { kelp: [{ kind: 'reset' }], gone: [{ kind: 'hang', times: 'always' }] },
  });
  expect(() => registry?.verify()).toThrow(/kelp; .*gone; .*"reset" of kelp.*"hang" of gone/);
});

it('the fake registry takes packages while it runs', async () => {
  registry = await startFakeRegistry({ allowUnused: true });
  registry.publish(packument({ name: '@inv/kelp' }));
  expect((await fetch(`${registry.url}@inv%2fkelp`)).status).toBe(200);
  expect(registry.names()).toEqual(['@inv/kelp']);
  registry.verify();
});
