import { integrityOf, makePackage, tarballOf } from '../accuracy/make-packument.js';
import { healthy } from '../accuracy/profiles.js';
import { randomFor } from '../accuracy/random.js';
import { type BenchPackage, benchName } from './documents.js';

/** What the 2,440 packages of the largest real tree have, decoded (issue 7): median, 99 of 100, largest; in bytes. */
const P50_BYTES = 34_000;
const P99_BYTES = 2_900_000;
const LARGEST_BYTES = 21_000_000;
/** 99% of a normal distribution are below so many standard deviations. */
const P99_DEVIATIONS = 2.326;
const SPREAD = Math.log(P99_BYTES / P50_BYTES) / P99_DEVIATIONS;

/** Different sizes; so many packages share each of them but the largest, which one package has. */
const SIZES = 122;
const SHARING = 20;
/** From this size on, documents are large: 200 kB and more, as 18 of 100 are. */
const FIRST_LARGE = 100;
/** Packages whose documents are distributed as those of the largest real tree. */
export const SIZED_PACKAGES = SIZES * SHARING;

/** A document that any name may have: it doesn't state its own. */
export type SizedDocument = { readonly version: string; readonly text: string };

/** What one release adds, and a document without releases has; as makePackage makes them. */
const RELEASE_BYTES = 1_420;
const HEAD_BYTES = 1_800;

/** Names in an order that mixes the sizes, the same in every run. */
export function sizedPackages(registryUrl: string): readonly BenchPackage[] {
  return Array.from({ length: SIZED_PACKAGES }, (_, index) => {
    const name = benchName(index);
    const size = sizeOf(index);
    const version = versionOf(releasesOf(size));
    return {
      name,
      version,
      resolved: tarballOf(name, version, registryUrl),
      integrity: integrityOf(sharedName(size), version),
    };
  });
}

/** The documents by number; `sizeOf` says which one a package has. */
export function makeSizedDocuments(registryUrl: string): readonly SizedDocument[] {
  return Array.from({ length: SIZES + 1 }, (_item, size) => {
    const shared = sharedName(size);
    const profile = { ...healthy(shared), releases: releasesOf(size) };
    const { document, version } = makePackage(
      shared,
      profile,
      registryUrl,
      randomFor(`sized document ${size}`),
    );
    const unnamed = { ...document, name: undefined };
    return { version, text: JSON.stringify(unnamed) };
  });
}

/** The document that belongs to a name of `benchName`; `null` for other names. */
export function sizeOfName(name: string): number | null {
  const digits = /^zq-bench-(\d{6})$/.exec(name)?.[1];
  return digits === undefined ? null : sizeOf(Number(digits));
}

/** Whether the document of a name is one of the larger ones. */
export function isLargeDocument(name: string): boolean {
  return (sizeOfName(name) ?? 0) >= FIRST_LARGE;
}

/** 1,009 is prime and no divisor of the count: steps of it reach every package, far from its neighbours. */
function sizeOf(index: number): number {
  const place = (index * 1_009) % SIZED_PACKAGES;
  return place === SIZED_PACKAGES - 1 ? SIZES : Math.floor(place / SHARING);
}

function releasesOf(size: number): number {
  const bytes =
    size === SIZES ? LARGEST_BYTES : P50_BYTES * Math.exp(SPREAD * normalQuantile((size + 0.5) / SIZES));
  return Math.max(3, Math.round((bytes - HEAD_BYTES) / RELEASE_BYTES));
}

/** As makePackage counts. */
function versionOf(releases: number): string {
  return `1.${Math.floor((releases - 1) / 3)}.${(releases - 1) % 3}`;
}

function sharedName(size: number): string {
  return benchName(998_000 + size);
}

/** Where the standard normal distribution reaches `probability`, by bisection of its integral. */
function normalQuantile(probability: number): number {
  let [low, high] = [-6, 6];
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (normalShare(middle) < probability) low = middle;
    else high = middle;
  }
  return low;
}

/** The share below `x`, by its power series (Marsaglia, https://doi.org/10.18637/jss.v011.i04). */
function normalShare(x: number): number {
  let [sum, term] = [x, x];
  for (let odd = 3; Math.abs(term) > 1e-12; odd += 2) {
    term *= (x * x) / odd;
    sum += term;
  }
  return 0.5 + (sum * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI);
}
