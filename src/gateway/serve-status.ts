import type { Gateway } from './gateway.js';
import { readHealth } from './health.js';
import { identify, mayAccess } from './identify.js';
import { PAGE_POLICY, renderPage } from './page/render-page.js';
import type { Auth, Request, Response } from './verdaccio.js';

const BASE = '/-/phantom-guard';

type Page = {
  readonly isOpen: boolean;
  readonly serve: (request: Request, response: Response, gateway: Gateway, auth: Auth) => Promise<void>;
};

/** Answers requests for the gateway itself. `false` = it is none. */
export async function serveStatus(
  request: Request,
  response: Response,
  gateway: Gateway,
  auth: Auth,
): Promise<boolean> {
  const { openStatus } = gateway.options;
  const pages: Readonly<Record<string, Page>> = {
    [`${BASE}/health`]: { isOpen: openStatus, serve: serveHealth },
    [`${BASE}/metrics`]: { isOpen: openStatus, serve: serveMetrics },
    [`${BASE}/`]: { isOpen: false, serve: servePage },
    [BASE]: { isOpen: false, serve: servePage },
  };
  const page = Object.hasOwn(pages, request.path) ? pages[request.path] : undefined;
  if (page === undefined) return false;
  response.set('cache-control', 'no-store');
  response.set('x-content-type-options', 'nosniff');
  await identify(auth, request, response);
  if (page.isOpen || hasLoggedIn(request)) await page.serve(request, response, gateway, auth);
  else askForLogin(response);
  return true;
}

function hasLoggedIn({ remote_user }: Request): boolean {
  return typeof remote_user?.name === 'string' && remote_user.name !== '';
}

function askForLogin(response: Response): void {
  response.status(401);
  response.set('www-authenticate', 'Basic realm="Verdaccio", charset="UTF-8"');
  response.set('content-type', 'text/plain; charset=utf-8');
  response.send("Log in with the name and password of this registry's users.\n");
}

async function serveHealth(_: Request, response: Response, gateway: Gateway): Promise<void> {
  const health = await readHealth(gateway);
  response.status(health.status === 'failing' ? 503 : 200);
  response.set('content-type', 'application/json; charset=utf-8');
  response.send(`${JSON.stringify(health, null, 2)}\n`);
}

function serveMetrics(_: Request, response: Response, gateway: Gateway): Promise<void> {
  const { rules, log } = gateway.state();
  const text = gateway.metrics.render({
    log_lines_lost_total: log.lost,
    config_reloads_total: rules.reloads,
    config_broken: rules.problem === null ? 0 : 1,
  });
  response.status(200);
  response.set('content-type', 'text/plain; version=0.0.4; charset=utf-8');
  response.send(text);
  return Promise.resolve();
}

/** Longer texts are no name. */
const MAX_SEARCH = 300;

async function servePage(request: Request, response: Response, gateway: Gateway, auth: Auth): Promise<void> {
  const asked = request.query['name'];
  const text = typeof asked === 'string' ? asked.trim().slice(0, MAX_SEARCH) : '';
  const maySee = await visibleTo(request, auth, [text, ...gateway.decisions().map(({ name }) => name)]);
  const health = await readHealth(gateway);
  const recent =
    text === '' || !maySee(text) ? null : (gateway.recent(text) ?? (await gateway.settled(text)));
  response.status(200);
  response.set('content-type', 'text/html; charset=utf-8');
  response.set('content-security-policy', PAGE_POLICY);
  response.set('referrer-policy', 'no-referrer');
  response.set('x-frame-options', 'DENY');
  const decisions = gateway.decisions().filter(({ name }) => maySee(name));
  response.send(renderPage({ health, decisions, search: text, recent }));
}

/** Of these names, those of packages that Verdaccio would serve to who asks: others are nobody's business. */
async function visibleTo(
  request: Request,
  auth: Auth,
  names: readonly string[],
): Promise<(name: string) => boolean> {
  const visible = new Set<string>();
  const look = async (name: string): Promise<void> => {
    if (await mayAccess(auth, request, name)) visible.add(name);
  };
  await Promise.all([...new Set(names)].map(look));
  return (name) => visible.has(name);
}
