import type { Tarball } from './asked-for.js';
import { type Ruling, toHeader } from './ruling.js';
import type { Response } from './verdaccio.js';

/** Seconds after which what could not be decided may be asked again. */
const RETRY_AFTER = '5';

/** Ends the request with the reason. 403 stays so; 503 is for what nobody could decide, so that clients ask again. */
export function refuse(
  response: Response,
  { kind, reason }: Pick<Ruling, 'kind' | 'reason'>,
  send = response.send.bind(response),
): Response {
  for (const header of ['etag', 'content-length', 'last-modified']) response.removeHeader(header);
  if (kind === 'undecided') response.set('retry-after', RETRY_AFTER);
  response.set('npm-notice', reason);
  return sendError(response, kind === 'undecided' ? 503 : 403, reason, send);
}

/** Says what Verdaccio says of a tarball that is not there. */
export function refuseAbsent(response: Response, { name, file }: Tarball): Response {
  return sendError(response, 404, toHeader(`no such file available: ${file} of ${name}`));
}

function sendError(
  response: Response,
  status: number,
  error: string,
  send = response.send.bind(response),
): Response {
  response.status(status);
  response.set('content-type', 'application/json; charset=utf-8');
  response.set('cache-control', 'no-store');
  return send(`${JSON.stringify({ error })}\n`);
}
