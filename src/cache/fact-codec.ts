/** Facts to and from the form in which they are stored. */
export type FactCodec<F> = {
  /** A flat array of JSON values, in the order of the codec's fields. */
  readonly encode: (facts: F) => readonly unknown[];
  /** `null` for anything that `encode` could not have written: the caller treats it as a miss. */
  readonly decode: (stored: unknown) => F | null;
};

/** Says whether a stored value is one that the field can have. */
export type FieldCheck<T> = (value: unknown) => value is T;

/** One check for each field of `F`: a field without one does not compile. */
export type FieldChecks<F> = { readonly [K in keyof F]: FieldCheck<F[K]> };

/**
 * A codec that stores the fields by position. The order of `checks` is part of the format: when fields are added,
 * removed or moved, `FORMAT_VERSION` in fact-space.ts is raised.
 */
export function createTableCodec<F extends object>(checks: FieldChecks<F>): FactCodec<F> {
  const fields = Object.entries<FieldCheck<unknown>>(checks);
  return {
    encode: (facts) => fields.map(([field]) => (facts as Record<string, unknown>)[field]),
    decode: (stored) => {
      if (!Array.isArray(stored) || stored.length !== fields.length) return null;
      const facts: Record<string, unknown> = {};
      let index = 0;
      for (const [field, check] of fields) {
        const value: unknown = stored[index++];
        if (!check(value)) return null;
        facts[field] = value;
      }
      return facts as F;
    },
  };
}
