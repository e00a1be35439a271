import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../../../src/model/report.js';
import { SIGNAL_CODES } from '../../../../src/model/signal.js';
import { renderHtml } from '../../../../src/report/html/render-html.js';
import { elementsOf } from '../../../support/page-elements.js';
import { reported } from '../../../support/reported.js';
import { reportOf } from '../../../support/sample-report.js';

/** A report with this text wherever something foreign can stand; `<` keeps it from being a name that commands are made of. */
function reportWith(text: string): Report {
  const foreign = `<${text}`;
  const at = (place: number) => `${place}${foreign}`;
  const evidence = Object.fromEntries(
    ['registry', 'feed', 'id', 'imitated', 'notice', 'repository', 'parent', 'kind', 'found', foreign].map(
      (fact) => [fact, foreign],
    ),
  );
  return {
    ...reportOf([
      reported({
        name: foreign,
        version: foreign,
        alias: foreign,
        requestedBy: [
          [at(1), at(2), foreign],
          [at(1), at(3), at(4), at(5), at(6), at(7), foreign],
        ],
        signals: SIGNAL_CODES.map((code) => ({ code, weight: 1, evidence })),
        suggestions: [{ name: foreign, why: foreign }],
      }),
    ]),
    tool: { name: foreign, version: foreign, dataDate: foreign },
    since: { ref: foreign, commit: foreign, unchanged: 1 },
    error: { code: 'INTERNAL', message: foreign, hint: foreign },
    notices: [foreign],
    exceptions: [{ name: foreign, version: foreign, signals: [foreign], reason: foreign, source: 'project' }],
    unchecked: [{ id: foreign, reason: foreign }],
  };
}

/** What a page is made of, without the texts: elements, names of attributes, and the values that a browser acts on. */
function structureOf(report: Report) {
  return elementsOf(renderHtml(report, { manager: 'npm', inProject: true })).map(
    ({ tag, attributes, text }) => [
      tag,
      ...Object.keys(attributes),
      ...['href', 'id', 'class', 'data-opens', 'http-equiv', 'name'].map((name) => attributes[name]),
      ...(tag === 'script' || tag === 'style' ? [text] : []),
    ],
  );
}

const pieces = fc.constantFrom(
  ...['<', '>', '"', "'", '`', '&', '=', '/', ' ', '\n', '\0', ';', '$&', '-->', '<!--', ']]>'],
  ...['</script>', '</style>', '</title>', '</svg>', '</table>', '<script>', '<img src=x onerror=y>'],
  ...['" onload="', "' x='", 'javascript:', '&quot;', '&#34', '&lt', '\u202e', '\ufeff'],
);

describe('foreign text on the page', () => {
  it('makes no markup, no script and no attribute, whatever it is and wherever it stands', () => {
    const harmless = structureOf(reportWith('é x'));
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces).map((some) => some.join('')),
    );
    fc.assert(
      fc.property(text, (hostile) => {
        expect(structureOf(reportWith(hostile))).toEqual(harmless);
      }),
    );
  });

  it('can be read letter by letter, invisible characters too', () => {
    const elements = elementsOf(
      renderHtml(reportWith('b>&amp;"\u202e'), { manager: 'npm', inProject: true }),
    );
    const shown = '<b>&amp;"\\u{202e}';
    expect(elements.find(({ attributes }) => attributes['class'] === 'box notice')?.text).toContain(shown);
    expect(
      elements.find(({ attributes }) => attributes['role'] === 'img')?.attributes['aria-label'],
    ).toContain(`1${shown} > 2${shown} > ${shown}`);
  });
});
