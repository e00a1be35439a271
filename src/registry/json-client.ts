import { JSON_FORMAT } from './body-format.js';
import { type ClientOptions, createHttpClient, type HttpClient } from './http-client.js';

export type { ClientPorts } from './http-client.js';

export type JsonClient = HttpClient<unknown>;

/** A client that gets JSON documents. */
export function createJsonClient(options: ClientOptions): JsonClient {
  return createHttpClient(options, JSON_FORMAT);
}
