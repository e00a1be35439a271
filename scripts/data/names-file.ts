import { packContexts } from '../../src/names/data/contexts.js';
import { NAMES_FILE } from '../../src/names/data/format.js';
import { SCOPES_PER_BUCKET } from '../../src/names/data/packed-names.js';
import { NO_OWNER } from '../../src/names/data/string-table.js';
import { addTarget, targetFilterLength } from '../../src/names/data/target-filter.js';
import { hashText } from '../../src/names/hash.js';
import { TARGET_POPULARITY, TARGET_SCOPE_POPULARITY } from '../../src/names/name-data.js';
import { assemble } from './assemble.js';
import { Encoder } from './encoder.js';
import type { Sources } from './sources.js';
import { trainSymbols } from './train-symbols.js';
import { type TableEntry, type WrittenTable, writeTable } from './write-table.js';

const NAMES_PER_BUCKET = 6;
const SCOPES_PER_BUCKET_ON_AVERAGE = 15.9;
/** The number of packages of a scope is kept in three bits. */
const MOST_PACKAGES = 7;

interface Scope {
  leader: string;
  popularity: number;
  packages: number;
}

/** Builds names.bin. */
export function buildNamesFile(sources: Sources, snapshotDate: number): Buffer {
  const names = [...sources.established].sort(byPopularity);
  const scopes = new Map(
    [...collectScopes(names)].sort(([a, x], [b, y]) => byPopularity([a, x.popularity], [b, y.popularity])),
  );
  const pypi = [...sources.pypi];
  const targets = names.filter(([, popularity]) => popularity >= TARGET_POPULARITY).map(([name]) => name);
  const targetScopes = [...scopes]
    .filter(([, scope]) => scope.popularity >= TARGET_SCOPE_POPULARITY)
    .map(([scope]) => scope);

  const ofScopes = [...scopes].flatMap(([scope, { leader }]) => [scope.slice(1), leader.slice(scope.length)]);
  const symbols = trainSymbols([...names.map(([name]) => baseOf(name)), ...ofScopes, ...pypi]);
  const encoder = new Encoder(symbols);
  const scopeTable = writeScopes(scopes, encoder);
  const nameTable = writeNames(names, scopeTable, encoder);
  const pypiTable = writePypi(pypi, encoder);

  const sections: Record<(typeof NAMES_FILE.sections)[number], Uint8Array> = {
    symbols: packSymbols(symbols),
    nameOffsets: nameTable.offsets,
    names: nameTable.bytes,
    scopeOffsets: scopeTable.offsets,
    scopes: scopeTable.bytes,
    pypiOffsets: pypiTable.offsets,
    pypi: pypiTable.bytes,
    targets: packTargets([...targets, ...targetScopes]),
    contexts: packContexts(targets),
  };
  const figures: Record<(typeof NAMES_FILE.figures)[number], number> = {
    establishedNames: names.length,
    establishedScopes: scopes.size,
    pypiNames: pypi.length,
    targetNames: targets.length,
    symbolCount: symbols.length,
  };
  return assemble({
    magic: NAMES_FILE.magic,
    snapshotDate,
    figures: NAMES_FILE.figures.map((figure) => figures[figure]),
    sections: NAMES_FILE.sections.map((section) => sections[section]),
  });
}

function writeScopes(scopes: ReadonlyMap<string, Scope>, encoder: Encoder): WrittenTable {
  const entries = [...scopes].map(([scope, { leader, popularity, packages }]): TableEntry => {
    const tag = popularity | (Math.min(packages, MOST_PACKAGES) << 5);
    return {
      text: scope.slice(1),
      rest: leader.slice(scope.length),
      hash: hashText(scope),
      tag,
      owner: NO_OWNER,
    };
  });
  return writeTable(entries, Math.ceil(scopes.size / SCOPES_PER_BUCKET_ON_AVERAGE), encoder);
}

function writeNames(
  names: readonly (readonly [string, number])[],
  scopes: WrittenTable,
  encoder: Encoder,
): WrittenTable {
  const ownerOf = (scope: string): number => {
    const place = scopes.places.get(scope.slice(1));
    if (place === undefined || place.position >= SCOPES_PER_BUCKET) throw new Error(`No number for ${scope}`);
    return place.bucket * SCOPES_PER_BUCKET + place.position;
  };
  const entries = names.map(([name, popularity]): TableEntry => {
    const owner = name.startsWith('@') ? ownerOf(scopeOf(name)) : NO_OWNER;
    return { text: baseOf(name), rest: '', hash: hashText(name), tag: popularity, owner };
  });
  return writeTable(entries, Math.ceil(names.length / NAMES_PER_BUCKET), encoder);
}

function writePypi(names: readonly string[], encoder: Encoder): WrittenTable {
  const entries = names.map((name, rank): TableEntry => {
    return {
      text: name,
      rest: '',
      hash: hashText(name),
      tag: Math.floor(Math.log2(rank + 1)),
      owner: NO_OWNER,
    };
  });
  return writeTable(entries, Math.ceil(names.length / NAMES_PER_BUCKET), encoder);
}

function collectScopes(names: readonly (readonly [string, number])[]): Map<string, Scope> {
  const scopes = new Map<string, Scope>();
  for (const [name, popularity] of names) {
    if (!name.startsWith('@')) continue;
    const scope = scopes.get(scopeOf(name)) ?? { leader: name, popularity, packages: 0 };
    if (popularity > scope.popularity) Object.assign(scope, { leader: name, popularity });
    scope.packages++;
    scopes.set(scopeOf(name), scope);
  }
  return scopes;
}

/** The most popular come first, so that they are the first of their buckets. */
function byPopularity([a, x]: readonly [string, number], [b, y]: readonly [string, number]): number {
  return y - x || (a < b ? -1 : 1);
}

function packSymbols(symbols: readonly string[]): Uint8Array {
  return Uint8Array.from(symbols.flatMap((symbol) => [symbol.length, ...Buffer.from(symbol, 'latin1')]));
}

function packTargets(names: readonly string[]): Uint8Array {
  const filter = new Uint8Array(targetFilterLength(names.length));
  for (const name of names) addTarget(filter, hashText(name));
  return filter;
}

function scopeOf(name: string): string {
  return name.slice(0, name.indexOf('/'));
}

function baseOf(name: string): string {
  return name.startsWith('@') ? name.slice(name.indexOf('/') + 1) : name;
}
