/** What an npm lockfile says of one package; the hidden one in node_modules has the same form. */
export type Locked = {
  readonly name?: string;
  readonly version?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly inBundle?: boolean;
  integrity?: string;
};

/** npm 5 and 6: packages in one another, as they lie on the disk. */
type Legacy = {
  readonly version?: string;
  readonly resolved?: string;
  readonly bundled?: boolean;
  readonly dependencies?: Readonly<Record<string, Legacy>>;
  integrity?: string;
};

export type Lock = {
  readonly packages?: Readonly<Record<string, Locked>>;
  readonly dependencies?: Readonly<Record<string, Legacy>>;
};

/** Every package below a node_modules folder, by its location; what is set on an entry is set in the lockfile. */
export function lockEntries(lock: Lock): readonly (readonly [location: string, entry: Locked])[] {
  if (lock.packages === undefined) return legacyEntries('', lock.dependencies);
  return Object.entries(lock.packages).filter(([location]) => location.includes('node_modules/'));
}

function legacyEntries(folder: string, list: Lock['dependencies']): readonly (readonly [string, Locked])[] {
  return Object.entries(list ?? {}).flatMap(([key, entry]) => {
    const location = `${folder}node_modules/${key}`;
    return [[location, asLocked(key, entry)] as const, ...legacyEntries(`${location}/`, entry.dependencies)];
  });
}

/** `version` holds a version, `npm:NAME@VERSION`, or where the package comes from. */
function asLocked(key: string, entry: Legacy): Locked {
  const [, alias, aliased] = /^npm:(.+)@([^@]+)$/.exec(entry.version ?? '') ?? [];
  const version = aliased ?? (/^\d/.test(entry.version ?? '') ? entry.version : undefined);
  return {
    ...(alias === undefined || alias === key ? {} : { name: alias }),
    ...(version === undefined ? {} : { version }),
    ...(entry.resolved === undefined ? {} : { resolved: entry.resolved }),
    ...(entry.bundled === undefined ? {} : { inBundle: entry.bundled }),
    get integrity() {
      return entry.integrity as string;
    },
    set integrity(value) {
      entry.integrity = value;
    },
  };
}
