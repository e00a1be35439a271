import { type JsonSchema, toJsonSchema } from '@valibot/to-json-schema';
import { SCHEMA_URL } from '../src/config/config-file.js';
import { configSchema } from '../src/config/schema.js';

/**
 * The published JSON schema of the configuration. Checks in code are not in it; what it accepts may still be refused,
 * and what it refuses is always refused (test/unit/config/json-schema.test.ts).
 */
export function configJsonSchema(): JsonSchema {
  const { $schema, ...rest } = toJsonSchema(configSchema, {
    target: 'draft-07',
    // Every object is checked for being one first; its keys are the second schema of its pipe.
    typeMode: 'output',
    ignoreActions: ['check', 'raw_check'],
    errorMode: 'throw',
  });
  return {
    ...($schema === undefined ? {} : { $schema }),
    $id: SCHEMA_URL,
    title: 'Configuration of phantom-guard-install',
    ...rest,
  };
}

/** The text of schemas/config.schema.json. */
export function configJsonSchemaText(): string {
  return `${JSON.stringify(configJsonSchema(), null, 2)}\n`;
}
