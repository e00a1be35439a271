import { parseAskedFor, type Tarball } from './asked-for.js';
import type { Gateway } from './gateway.js';
import { guardDocument } from './guard-documents.js';
import { ruleOnTarball } from './guard-tarballs.js';
import { identify, mayAccess } from './identify.js';
import { refuse, refuseAbsent } from './refuse.js';
import { toHeader } from './ruling.js';
import { serveStatus } from './serve-status.js';
import type { Auth, Handler, Request, Response, Storage } from './verdaccio.js';

/** Guards the requests for packages, and answers those for the gateway itself. */
export function createMiddleware(gateway: Gateway, auth: Auth, storage: Storage): Handler {
  const guardTarball = async (asked: Tarball, request: Request, response: Response): Promise<boolean> => {
    await identify(auth, request, response);
    if (!(await mayAccess(auth, request, asked.name))) return false;
    const ruling = await ruleOnTarball(asked, request, storage, gateway);
    if (ruling === null) return false;
    if (ruling === 'absent') refuseAbsent(response, asked);
    else refuse(request, response, ruling);
    return true;
  };
  return (request, response, next) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      next();
      return;
    }
    const asked = parseAskedFor(request.path);
    const handle = async (): Promise<boolean> => {
      if (asked === null) return await serveStatus(request, response, gateway, auth);
      if (asked.kind === 'document') {
        guardDocument(asked, request, response, gateway);
        return false;
      }
      return await guardTarball(asked, request, response);
    };
    handle().then(
      (isDone) => {
        if (!isDone) next();
      },
      (error: unknown) => {
        const reason = toHeader(`phantom-guard: this request failed: ${String(error)}`);
        if (!response.headersSent) refuse(request, response, { kind: 'undecided', reason });
      },
    );
  };
}
