import type { Tarball } from './asked-for.js';
import { type Ruling, toHeader } from './ruling.js';
import type { Request, Response } from './verdaccio.js';

/** Seconds after which what could not be decided may be asked again. */
const RETRY_AFTER = '5';

/**
 * Ends the request with the reason. 403 stays so; 503 is for what nobody could decide, so that clients ask again. The reason is where some
 * client prints it: npm prints the notice and `error`, yarn 1 `error`, pnpm and yarn 4 the text of the status (docs/fleet.md).
 */
export function refuse(
  request: Request,
  response: Response,
  { kind, reason }: Pick<Ruling, 'kind' | 'reason'>,
  send = response.send.bind(response),
): Response {
  for (const header of ['etag', 'content-length', 'last-modified']) response.removeHeader(header);
  if (kind === 'undecided') response.set('retry-after', RETRY_AFTER);
  response.set('npm-notice', reason);
  response.status(kind === 'undecided' ? 503 : 403);
  if (!isNpm(request)) response.statusMessage = reason;
  return sendError(response, reason, send);
}

/** Says what Verdaccio says of a tarball that is not there. */
export function refuseAbsent(response: Response, { name, file }: Tarball): Response {
  response.status(404);
  return sendError(response, toHeader(`no such file available: ${file} of ${name}`));
}

function sendError(response: Response, error: string, send = response.send.bind(response)): Response {
  response.set('content-type', 'application/json; charset=utf-8');
  response.set('cache-control', 'no-store');
  return send(`${JSON.stringify({ error })}\n`);
}

/** It prints the text of the status in front of `error`, and so would say the reason a third time. */
function isNpm({ headers }: Request): boolean {
  return headers['user-agent']?.startsWith('npm/') === true;
}
