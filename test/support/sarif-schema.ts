import { createRequire } from 'node:module';
import { Ajv } from 'ajv';

/** The schema of SARIF 2.1.0 (rtm.5), in the words of JSON Schema draft 4, whose only difference here is the name of `$id`. */
const {
  $schema: _,
  id: __,
  ...schema
} = createRequire(import.meta.url)('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');

const validate = new Ajv({
  strict: false,
  unicodeRegExp: false,
  allErrors: true,
  formats: {
    uri: (text: string) => URL.canParse(text),
    'uri-reference': (text: string) => /^[\w.~:/?#[\]@!$&'()*+,;=%-]*$/.test(text),
    'date-time': (text: string) => !Number.isNaN(Date.parse(text)),
  },
}).compile(schema);

/** What is no SARIF 2.1.0 in a document; empty where it is valid. */
export function faultsInSarif(document: unknown): readonly string[] {
  if (validate(document)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}
