import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Encoder } from '../../../scripts/data/encoder.js';
import { trainSymbols } from '../../../scripts/data/train-symbols.js';
import { writeFuse } from '../../../scripts/data/write-fuse.js';
import { type TableEntry, writeTable } from '../../../scripts/data/write-table.js';
import { Contexts, packContexts, symbolsOf } from '../../../src/names/data/contexts.js';
import { fuseHas } from '../../../src/names/data/fuse-filter.js';
import { NO_OWNER, StringTable } from '../../../src/names/data/string-table.js';
import { SymbolReader } from '../../../src/names/data/symbols.js';
import { addTarget, targetFilterLength, targetMayHave } from '../../../src/names/data/target-filter.js';
import { EditHashes, weight } from '../../../src/names/edit-hashes.js';
import { hashText, otherHashText } from '../../../src/names/hash.js';

const name = fc.stringMatching(/^[a-z0-9._-]{1,30}$/);
const names = fc.uniqueArray(name, { minLength: 1, maxLength: 60 });

function symbolsFor(texts: readonly string[]): { readonly encoder: Encoder; readonly reader: SymbolReader } {
  const symbols = trainSymbols([...texts, '/']);
  const table = Uint8Array.from(symbols.flatMap((symbol) => [symbol.length, ...Buffer.from(symbol)]));
  return { encoder: new Encoder(symbols), reader: new SymbolReader(table, symbols.length) };
}

describe('the string table', () => {
  it('finds what it holds with its tag and owner, and nothing else', () => {
    fc.assert(
      fc.property(names, names, fc.integer({ min: 1, max: 9 }), (held, asked, buckets) => {
        const { encoder, reader } = symbolsFor(held);
        const entries = held.map(
          (text, i): TableEntry => ({
            text,
            rest: '',
            hash: hashText(text),
            tag: i % 32,
            owner: i % 3 === 0 ? 0x1234 : NO_OWNER,
          }),
        );
        const { offsets, bytes } = writeTable(entries, buckets, encoder);
        const table = new StringTable(offsets, bytes, reader);
        for (const { text, tag, owner } of entries) {
          expect(table.tagOf(text, 0, text.length, hashText(text), owner) & 0x1f).toBe(tag);
          expect(
            table.tagOf(text, 0, text.length, hashText(text), owner === NO_OWNER ? 0x1234 : NO_OWNER),
          ).toBe(-1);
        }
        for (const text of asked) {
          if (!held.includes(text))
            expect(table.tagOf(text, 0, text.length, hashText(text), NO_OWNER)).toBe(-1);
        }
      }),
    );
  });

  it('finds a parent by its name and returns the rest', () => {
    fc.assert(
      fc.property(names, name, (scopes, child) => {
        const { encoder, reader } = symbolsFor([...scopes, `/${child}`]);
        const entries = scopes.map(
          (text): TableEntry => ({ text, rest: `/${child}`, hash: hashText(text), tag: 1, owner: NO_OWNER }),
        );
        const { offsets, bytes } = writeTable(entries, 2, encoder);
        const table = new StringTable(offsets, bytes, reader);
        for (const scope of scopes) {
          const found = table.findParent(scope, 0, scope.length, hashText(scope));
          expect(found && table.restOf(found)).toBe(`/${child}`);
          expect(table.findParent(`${scope}~`, 0, scope.length + 1, hashText(`${scope}~`))).toBeNull();
        }
      }),
    );
  });
});

describe('the filters', () => {
  it('of the snapshot never forgets a name, and takes few strangers for known', () => {
    const held = Array.from({ length: 4000 }, (_, i) => `phantom-${i * 7919}`);
    const keys = {
      first: Int32Array.from(held, (text) => hashText(text)),
      second: Int32Array.from(held, otherHashText),
    };
    const { shape, fingerprints } = writeFuse(keys);
    expect(held.every((text) => fuseHas(fingerprints, shape, text))).toBe(true);
    const strangers = Array.from({ length: 20_000 }, (_, i) => `stranger-${i}`);
    expect(
      strangers.filter((text) => fuseHas(fingerprints, shape, text)).length / strangers.length,
    ).toBeLessThan(0.004);
  });

  it('of the targets never forgets one', () => {
    fc.assert(
      fc.property(names, (held) => {
        const filter = new Uint8Array(targetFilterLength(held.length));
        for (const text of held) addTarget(filter, hashText(text));
        expect(held.every((text) => targetMayHave(filter, hashText(text)))).toBe(true);
      }),
    );
  });

  it('of contexts lets every character of its names pass', () => {
    fc.assert(
      fc.property(names, (held) => {
        const contexts = new Contexts(packContexts(held));
        for (const text of held) {
          const symbols = symbolsOf(text);
          [...text].forEach((character, i) => {
            const letter = character.charCodeAt(0) - 0x61;
            const digit = character.charCodeAt(0) - 0x30;
            if (letter >= 0 && letter < 26)
              expect((contexts.letters(symbols, i + 1, i + 3) >>> letter) & 1).toBe(1);
            if (digit >= 0 && digit < 10)
              expect((contexts.digits(symbols, i + 1, i + 3) >>> digit) & 1).toBe(1);
          });
        }
      }),
    );
  });
});

describe('edit hashes', () => {
  it('are the hashes of the edited texts', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 2, maxLength: 40 }),
        fc.nat(),
        fc.string({ maxLength: 4 }),
        (text, place, insert) => {
          const i = place % (text.length - 1);
          const edits = new EditHashes(text);
          const c = insert.charCodeAt(0) || 0x61;
          const letter = String.fromCharCode(c);
          const head = text.slice(0, i);
          expect(edits.without(i)).toBe(hashText(head + text.slice(i + 1)));
          expect(edits.swapped(i)).toBe(
            hashText(head + text.charAt(i + 1) + text.charAt(i) + text.slice(i + 2)),
          );
          expect((edits.insertBase(i) + Math.imul(c, weight(text.length - i))) | 0).toBe(
            hashText(head + letter + text.slice(i)),
          );
          expect((edits.replaceBase(i) + Math.imul(c, weight(text.length - i - 1))) | 0).toBe(
            hashText(head + letter + text.slice(i + 1)),
          );
          expect(edits.spliced(i, 1, insert)).toBe(hashText(head + insert + text.slice(i + 1)));
          expect(edits.wrapped(insert, i, text.length, insert)).toBe(
            hashText(insert + text.slice(i) + insert),
          );
          expect(edits.of(i, text.length)).toBe(hashText(text, i));
        },
      ),
    );
  });
});
