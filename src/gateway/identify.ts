import type { Asker } from './decision.js';
import type { Auth, Request, Response } from './verdaccio.js';

/** Lets Verdaccio find out who asks, where it has not done so. Never rejects: who can't be known is nobody. */
export function identify(auth: Auth, request: Request, response: Response): Promise<void> {
  if (request.remote_user !== undefined) return Promise.resolve();
  return new Promise((resolve) => {
    auth.apiJWTmiddleware()(request, response, () => resolve());
  });
}

export function askerOf({ remote_user, ip }: Request): Asker {
  return { user: remote_user?.name ?? null, ip: ip ?? null };
}

/** Whether Verdaccio itself would serve the package to who asks. Never rejects. */
export function mayAccess(auth: Auth, request: Request, name: string): Promise<boolean> {
  return new Promise<boolean>((resolve) => {
    auth.allow_access({ packageName: name }, request.remote_user ?? {}, (error, isAllowed) =>
      resolve(error === null || error === undefined ? isAllowed === true : false),
    );
    // It throws for what no pattern of its configuration matches, as for a name with a newline.
  }).catch(() => false);
}
