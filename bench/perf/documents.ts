import { integrityOf, type MadePackage, makePackage, tarballOf } from '../accuracy/make-packument.js';
import { healthy } from '../accuracy/profiles.js';
import { randomFor } from '../accuracy/random.js';

/** A made-up package as a tree names it. */
export type BenchPackage = {
  readonly name: string;
  readonly version: string;
  readonly resolved: string;
  readonly integrity: string;
};

/** Different documents; packages share them in turn. */
const TEMPLATES = 64;
/** Releases: 25 in the median make 35 kB, as the documents of real packages have (issue 7: P50 34 kB). */
const MEDIAN_RELEASES = 25;
/** Standard deviation of the logarithm; one document in a hundred has some 250 releases. */
const SPREAD = 1;
const MOST_RELEASES = 600;

/** All names have the same length, so that a template's is replaced without moving anything. */
export function benchName(index: number): string {
  return `zq-bench-${String(index).padStart(6, '0')}`;
}

/** Package number `index` of the registry at `registryUrl` (ends with a slash). */
export function benchPackage(index: number, registryUrl: string): BenchPackage {
  const name = benchName(index);
  const template = templateName(index % TEMPLATES);
  const releases = releasesOf(index % TEMPLATES);
  // As makePackage counts.
  const version = `1.${Math.floor((releases - 1) / 3)}.${(releases - 1) % 3}`;
  return {
    name,
    version,
    resolved: tarballOf(name, version, registryUrl),
    integrity: integrityOf(template, version),
  };
}

/** The text of each template, and the name in it. */
export function makeTemplates(
  registryUrl: string,
): readonly { readonly name: string; readonly text: string }[] {
  return Array.from({ length: TEMPLATES }, (_, index) => {
    const made: MadePackage = makePackage(
      templateName(index),
      { ...healthy(templateName(index)), releases: releasesOf(index) },
      registryUrl,
      randomFor(`bench document ${index}`),
    );
    return { name: made.name, text: JSON.stringify(made.document) };
  });
}

/** The template that belongs to a name of `benchName`; `null` for other names. */
export function templateOf(name: string): number | null {
  const digits = /^zq-bench-(\d{6})$/.exec(name)?.[1];
  return digits === undefined ? null : Number(digits) % TEMPLATES;
}

function templateName(index: number): string {
  return benchName(999_000 + index);
}

function releasesOf(index: number): number {
  const random = randomFor(`bench releases ${index}`);
  // Box–Muller.
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Math.min(MOST_RELEASES, Math.max(3, Math.round(MEDIAN_RELEASES * Math.exp(SPREAD * normal))));
}
