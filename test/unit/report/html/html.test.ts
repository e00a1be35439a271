import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { html } from '../../../../src/report/html/html.js';
import { elementsOf } from '../../../support/page-elements.js';

describe('a template of markup', () => {
  it('takes markup of its own as it is, and text as text', () => {
    const items = ['a', '<b>'].map((text) => html`<li>${text}</li>`);
    expect(html`<ul class="${'"x"'}">${items}${3}</ul>`.markup).toBe(
      '<ul class="&#34;x&#34;"><li>a</li><li>&#60;b&#62;</li>3</ul>',
    );
  });

  it('makes invisible characters visible', () => {
    expect(html`${'a\u202eb\u0000'}`.markup).toBe('a\\u{202e}b\\u{0}');
  });

  it.each([
    ['text', (text: string) => html`<p title="x">${text}</p>`],
    ['an attribute', (text: string) => html`<p title="${text}">x</p>`],
  ])('lets no text out of %s, whatever it is', (_, render) => {
    const plain = elementsOf(render('x').markup).map(({ tag, attributes }) => [tag, Object.keys(attributes)]);
    fc.assert(
      fc.property(hostileText(), (text) => {
        const elements = elementsOf(render(text).markup);
        expect(elements.map(({ tag, attributes }) => [tag, Object.keys(attributes)])).toEqual(plain);
      }),
    );
  });
});

function hostileText(): fc.Arbitrary<string> {
  const pieces = fc.constantFrom(
    '<',
    '>',
    '"',
    "'",
    '`',
    '&',
    '=',
    '/',
    ' ',
    '\n',
    'script',
    'onload',
    '-->',
    '&quot;',
    '&#34',
  );
  return fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(pieces).map((some) => some.join('')),
  );
}
