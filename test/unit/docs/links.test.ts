import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Page, parsePage, readPages } from '../../support/markdown-pages.js';

const pages = readPages();
const byFile = new Map(pages.map((page) => [page.file, page]));

/** What is wrong with the relative links of a page; each line names the place. */
function deadLinks({ file, links }: Page): readonly string[] {
  return links.flatMap(({ target, line }) => {
    const fault = faultOf(file, target);
    return fault === null ? [] : [`${file}:${line}: ${target}: ${fault}`];
  });
}

function faultOf(file: string, target: string): string | null {
  if (/^[a-z][a-z+.-]*:/i.test(target)) return null;
  const [place = '', anchor = ''] = decodeURIComponent(target).split('#');
  const to = place === '' ? file : path.posix.join(path.posix.dirname(file), place);
  if (to.startsWith('..') || path.posix.isAbsolute(place)) return 'leads out of the repository';
  if (!existsSync(to)) return `there is no ${to}`;
  if (anchor === '') return null;
  const page = byFile.get(to);
  if (page === undefined)
    return statSync(to).isFile() && /^L\d+$/.test(anchor) ? null : `${to} has no anchors`;
  return page.anchors.has(anchor) ? null : `${to} has no heading #${anchor}`;
}

describe('links of README.md and docs/', () => {
  it.each(pages.map((page) => [page.file, page] as const))('of %s lead somewhere', (_, page) => {
    expect(deadLinks(page)).toEqual([]);
  });

  it('are found dead when the page, or the heading, is not there', () => {
    const source = '# A page\n\n[a](absent.md) [b](../README.md#no-such-heading) [c](#a-page) [d](../../x)\n';
    expect(deadLinks(parsePage('docs/page.md', source)).map((text) => text.split(':')[2]?.trim())).toEqual([
      'absent.md',
      '../README.md#no-such-heading',
      '#a-page',
      '../../x',
    ]);
  });
});

describe('pages in plain text', () => {
  it.each(pages.map((page) => [page.file, page] as const))(
    'that %s names are there',
    (_, { file, inlineCode }) => {
      const named = inlineCode.filter(({ text }) => /^docs\/[\w/.-]+\.md$/.test(text));
      expect(
        named.filter(({ text }) => !existsSync(text)).map(({ text, line }) => `${file}:${line}: ${text}`),
      ).toEqual([]);
    },
  );
});

describe('docs/guides', () => {
  it('has every page in its index', () => {
    const listed =
      byFile.get('docs/guides/README.md')?.links.map(({ target }) => `docs/guides/${target}`) ?? [];
    const guides = pages.map(({ file }) => file).filter((file) => file.startsWith('docs/guides/'));
    expect(listed).toEqual(expect.arrayContaining(guides.filter((file) => !file.endsWith('/README.md'))));
  });
});
