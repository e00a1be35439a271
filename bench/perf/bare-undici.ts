import { Agent } from 'undici';

/** The floor of everything that asks a registry: undici alone, which gets documents and parses them. */
export type BareClient = {
  /** @throws Error where an answer is no document of that name */
  readonly get: (url: string, name: string) => Promise<unknown>;
  readonly close: () => Promise<void>;
};

/** With as many connections as the guard opens (`--concurrency`). */
const CONNECTIONS = 64;

export function openBare(): BareClient {
  const agent = new Agent({ connections: CONNECTIONS });
  return {
    get: async (url, name) => {
      const { body } = await agent.request({ origin: url, path: `/${name}`, method: 'GET' });
      const document = (await body.json()) as { readonly name?: unknown };
      if (document.name !== name) throw new Error(`${url} answered with something other than ${name}`);
      return document;
    },
    close: async () => await agent.destroy(),
  };
}
