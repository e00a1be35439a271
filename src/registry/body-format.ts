import { isUtf8 } from 'node:buffer';

/** How the bytes of an answer become a value. */
export type BodyFormat<B> = {
  /** What is asked for: the Accept header. */
  readonly accept: string;
  /** The format in a sentence: "something that is not …". */
  readonly called: string;
  /** `null` for bytes that are not in this format. */
  readonly decode: (bytes: Buffer) => { readonly value: B } | null;
};

export const JSON_FORMAT: BodyFormat<unknown> = {
  accept: 'application/json',
  called: 'JSON',
  decode: (bytes) => {
    try {
      return { value: JSON.parse(new TextDecoder().decode(bytes)) };
    } catch {
      return null;
    }
  },
};

/** UTF-8, without a byte order mark. */
export const TEXT_FORMAT: BodyFormat<string> = {
  accept: '*/*',
  called: 'UTF-8 text',
  decode: (bytes) => (isUtf8(bytes) ? { value: new TextDecoder().decode(bytes) } : null),
};
