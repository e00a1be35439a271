import { findForPurpose } from './find-for-purpose.js';
import { findImitations } from './find-imitations.js';
import type { NameData } from './name-data.js';
import { suggest } from './suggest.js';

/** An established package, or a module of Node.js, that was probably meant. */
export type EstablishedPackage = {
  readonly name: string;
  /** `builtin` ships with Node.js: nothing to install. */
  readonly kind: 'package' | 'builtin';
  /** One clause in our own words. */
  readonly why: string;
  /** At least so often was it installed in the month before the date of the data; `null` for a builtin. */
  readonly monthlyDownloads: number | null;
};

export type Asked = { readonly name: string | null; readonly purpose: string | null };

export type Established = {
  readonly asked: Asked;
  /** `null` where no name was asked about. */
  readonly nameIsEstablished: boolean | null;
  /** Likeliest first; empty where the bundled names know none. */
  readonly established: readonly EstablishedPackage[];
};

/** The established packages for a name that may be wrong, or for a purpose; out of the bundled names alone. Pure. */
export function findEstablished(asked: Asked, data: NameData): Established {
  const forName = asked.name === null ? [] : packagesMeant(asked.name, data);
  const forPurpose = asked.purpose === null ? [] : packagesOfPurpose(asked.purpose, data);
  const established = new Map([...forPurpose, ...forName].map((found) => [found.name, found]));
  const order = new Set([...forName, ...forPurpose].map(({ name }) => name));
  return {
    asked,
    nameIsEstablished: asked.name === null ? null : data.popularityOf(asked.name) !== null,
    established: [...order].flatMap((name) => established.get(name) ?? []),
  };
}

/** Any name of one character resembles every other. */
const SAYS_SOMETHING = /[a-z0-9].*[a-z0-9]/i;

function packagesMeant(name: string, data: NameData): readonly EstablishedPackage[] {
  const bare = name.replace(/^node:/, '');
  if (!SAYS_SOMETHING.test(bare)) return [];
  const popularity = data.popularityOf(bare);
  const meant = suggest(bare, findImitations(bare, data), data).map(
    ({ name: suggested, kind, popularity: bucket, why }): EstablishedPackage => ({
      name: suggested,
      kind,
      why,
      monthlyDownloads: atLeast(bucket),
    }),
  );
  if (popularity === null) return meant;
  const why = meant.length === 0 ? 'an established package itself' : 'established too, but less likely meant';
  return [...meant, { name: bare, kind: 'package', why, monthlyDownloads: atLeast(popularity) }];
}

function packagesOfPurpose(purpose: string, data: NameData): readonly EstablishedPackage[] {
  return findForPurpose(purpose, data).map(({ name, phrase, isCalledSo, popularity }) => ({
    name,
    kind: 'package',
    why: isCalledSo
      ? 'an established package that is called so'
      : `a usual package for “${phrase.replaceAll('-', ' ')}”`,
    monthlyDownloads: atLeast(popularity),
  }));
}

function atLeast(popularity: number | null): number | null {
  return popularity === null ? null : 2 ** popularity;
}
