import { describe, expect, it } from 'vitest';
import type { RegistryRef } from '../../../src/model/facts.js';
import { DEFAULT_POLICY } from '../../../src/policy/policy.js';
import { resolvedMismatch } from '../../../src/signals/resolved-mismatch.js';
import { judge } from '../../support/judge.js';
import { REGISTRY, subject } from '../../support/subjects.js';

const HTTPS: RegistryRef = {
  ...REGISTRY,
  url: 'https://npm.corp.test/api/npm/',
  tarballBases: ['https://npm.corp.test/api/npm/', 'https://public.test/'],
  mirrors: ['https://mirror.test/npm/'],
};

function mismatch(resolved: string | null, registry = HTTPS) {
  const one = subject({ entry: { resolved } });
  return resolvedMismatch.detect({ ...one, knowledge: { ...one.knowledge, registry } });
}

const FILE = 'invented-widget/-/invented-widget-1.0.0.tgz';

describe('a tarball from where it is expected', () => {
  it.each([
    null,
    `https://npm.corp.test/api/npm/${FILE}`,
    `https://npm.corp.test/other/path/${FILE}`,
    `https://public.test/${FILE}`,
    `https://mirror.test/npm/${FILE}`,
    'https://public.test/invented-widget/-/invented-widget-1.0.0+build.tgz',
    'https://public.test/some/other/layout',
    'https://public.test/invented-widget/download/invented-widget-1.0.0.tgz',
    'https://MIRROR.test/npm/invented-widget/-/invented-widget-1.0.0.tgz',
  ])('%s is no mismatch', (resolved) => {
    expect(mismatch(resolved)).toBeNull();
  });

  it('may come over http from the one registry or mirror that is configured so, and from no other', () => {
    const registry = { ...HTTPS, mirrors: ['http://mirror.test/npm/'] };
    expect(mismatch(`http://mirror.test/npm/${FILE}`, registry)).toBeNull();
    expect(mismatch(`http://public.test/${FILE}`, registry)).toMatchObject({ kind: 'http' });
  });

  it('may have the scope in the name of its file', () => {
    const entry = { name: '@s/widget', resolved: 'https://public.test/@s/widget/-/s-widget-1.0.0.tgz' };
    const one = subject({ entry });
    expect(resolvedMismatch.detect({ ...one, knowledge: { ...one.knowledge, registry: HTTPS } })).toBeNull();
  });

  it('may come over http from a registry that is configured so', () => {
    const registry = { ...REGISTRY, url: 'http://npm.corp.test/', tarballBases: ['http://npm.corp.test/'] };
    expect(mismatch(`http://npm.corp.test/${FILE}`, registry)).toBeNull();
  });
});

describe('a tarball from elsewhere', () => {
  it.each([
    ['https://public.test/evil/-/evil-1.0.0.tgz', 'package'],
    ['https://evil.test/evil/-/evil-1.0.0.tgz', 'package'],
    ['https://public.test/@evil/invented-widget/-/invented-widget-1.0.0.tgz', 'package'],
    ['https://public.test/invented-widget/-/invented-widget-1.0.1.tgz', 'version'],
    ['https://mirror.test/other/invented-widget/-/invented-widget-1.0.0.tgz', 'host'],
    [`https://evil.test/${FILE}`, 'host'],
    [`https://mirror.test/npm/../evil/${FILE}`, 'host'],
    [`https://mirror.test/npm/%2e%2e/evil/${FILE}`, 'host'],
    [`https://mirror.test/npm/..%2fevil/${FILE}`, 'host'],
    [`https://mirror.test/npm/..%5cevil/${FILE}`, 'host'],
    [`https://mirror.test/npmx/${FILE}`, 'host'],
    [`http://mirror.test/npm/${FILE}`, 'host'],
    [`https://evil.test/x?/${FILE}`, 'host'],
    [`https://public.test.evil.test/${FILE}`, 'host'],
    [`https://public.test@evil.test/${FILE}`, 'host'],
    [`http://public.test/${FILE}`, 'http'],
  ])('%s is one of the %s', (resolved, kind) => {
    expect(mismatch(resolved)).toMatchObject({ kind });
  });

  it('never shows more of the URL than its host', () => {
    expect(JSON.stringify(mismatch(`https://user:secret@evil.test/${FILE}?token=secret`))).not.toContain(
      'secret',
    );
  });

  it('is blocked as another package however much speaks for the name, and warned about as another host', () => {
    const popular = { weeklyDownloads: 9_000_000, names: { popularity: 25, inSnapshot: true } };
    const at = (resolved: string) => judge(subject({ ...popular, entry: { resolved } }), DEFAULT_POLICY);
    expect(at('https://registry.example.test/evil/-/evil-1.0.0.tgz')).toMatchObject({ action: 'block' });
    expect(at('https://registry.example.test/evil/-/evil-1.0.0.tgz').score).toBeGreaterThanOrEqual(0.6);
    const unused = subject({
      answer: null,
      names: { popularity: 25, inSnapshot: true },
      entry: { resolved: `https://evil.test/${FILE}` },
    });
    expect(judge(unused, DEFAULT_POLICY)).toMatchObject({ action: 'warn', risk: 'suspicious' });
  });
});
