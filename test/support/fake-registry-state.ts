import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { downloadsAnswer } from './fake-downloads.js';
import { type FaultPlan, strike } from './fake-faults.js';
import type { Encoding, FakeRegistryOptions } from './fake-registry.js';

export type LoggedRequest = {
  readonly method: string;
  readonly url: string;
  /** The package; `null` for everything else. */
  readonly name: string | null;
  readonly headers: IncomingHttpHeaders;
};

const ENCODERS: Readonly<Record<Encoding, (body: string) => string | Buffer>> = {
  identity: (body) => body,
  gzip: (body) => gzipSync(body),
  br: (body) => brotliCompressSync(body),
  deflate: (body) => deflateSync(body),
  'deflate-raw': (body) => deflateRawSync(body),
};

type PlannedFault = { readonly plan: FaultPlan; left: number };

/** Packages, faults and the book of requests behind the fake registry; `fake-registry.ts` puts it on a port. */
export class RegistryState {
  readonly basePath: string;
  readonly requests: LoggedRequest[] = [];
  readonly #options: FakeRegistryOptions;
  readonly #packages: Map<string, Readonly<Record<string, unknown>>>;
  readonly #faults: Map<string, readonly PlannedFault[]>;
  readonly #struck = new Set<FaultPlan>();
  #unexpected: string[] = [];

  constructor(options: FakeRegistryOptions) {
    this.#options = options;
    this.basePath = options.basePath ?? '/';
    this.#packages = new Map(Object.entries(options.packages ?? {}));
    const plans = Object.entries(options.faults ?? {});
    this.#faults = new Map(plans.map(([name, list]) => [name, list.map(planned)]));
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = request.url ?? '';
    const name = this.#nameIn(url);
    this.requests.push({ method: request.method ?? '', url, name, headers: request.headers });
    const { authorization } = this.#options;
    if (authorization !== undefined && request.headers.authorization !== authorization) {
      return send(response, 401, { error: 'credentials wanted' });
    }
    if (this.#answersDownloads(url, response)) return;
    if (name === null || request.method !== 'GET') return this.#refuse(request, response);
    await this.#answerPackage(name, request, response);
  }

  publish(document: Readonly<Record<string, unknown>>): void {
    this.#packages.set(String(document['name']), document);
  }

  reset(): void {
    this.requests.length = 0;
    this.#unexpected = [];
  }

  verify(): void {
    const complaints = [...this.#unexpected];
    const asked = new Set(this.requests.map(({ name }) => name));
    for (const name of [...this.#packages.keys(), ...(this.#options.absent ?? [])]) {
      if (!asked.has(name) && !this.#options.allowUnused) complaints.push(`nobody asked for ${name}`);
    }
    for (const [name, list] of this.#faults) {
      const unused = list.filter(({ plan, left }) =>
        plan.times === 'always' ? !this.#struck.has(plan) : left > 0,
      );
      complaints.push(...unused.map(({ plan }) => `the fault "${plan.kind}" of ${name} was not used up`));
    }
    if (complaints.length > 0) throw new Error(`fake registry: ${complaints.join('; ')}`);
  }

  async #answerPackage(name: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const fault = this.#nextFault(name);
    const document = this.#packages.get(name);
    const right = {
      document: document ?? { name },
      send: () => this.#sendDocument(name, document, request, response),
    };
    if (fault === null) return right.send();
    await strike(fault, request, response, right);
  }

  #sendDocument(
    name: string,
    document: Readonly<Record<string, unknown>> | undefined,
    request: IncomingMessage,
    response: ServerResponse,
  ): void {
    if (document === undefined && this.#options.absent?.includes(name)) {
      send(response, 404, { error: 'Not found' });
      return;
    }
    if (document === undefined) {
      this.#refuse(request, response);
      return;
    }
    const text = JSON.stringify(document);
    const etag = `"${createHash('sha256').update(text).digest('hex').slice(0, 32)}"`;
    if (request.headers['if-none-match'] === etag) {
      response.writeHead(304, { etag }).end();
      return;
    }
    const encoding = this.#options.encoding ?? 'identity';
    const coding = encoding === 'identity' ? {} : { 'content-encoding': encoding.replace('-raw', '') };
    response
      .writeHead(200, { 'content-type': 'application/json', etag, ...coding })
      .end(ENCODERS[encoding](text));
  }

  #nextFault(name: string): FaultPlan | null {
    const candidates = [...(this.#faults.get(name) ?? []), ...(this.#faults.get('*') ?? [])];
    const next = candidates.find(({ left }) => left > 0);
    if (next === undefined) return null;
    next.left--;
    this.#struck.add(next.plan);
    return next.plan;
  }

  #answersDownloads(url: string, response: ServerResponse): boolean {
    const prefix = `${this.basePath}downloads/point/last-week/`;
    const { downloads } = this.#options;
    if (downloads === undefined || !url.startsWith(prefix)) return false;
    const fault = this.#nextFault('downloads');
    const answer = downloadsAnswer(downloads, decodeURIComponent(url.slice(prefix.length)));
    const right = { document: answer.body, send: () => send(response, answer.status, answer.body) };
    if (fault === null) right.send();
    else void strike(fault, response.req, response, right);
    return true;
  }

  /** 400: nothing that a client would try again, or take for "not found". */
  #refuse(request: IncomingMessage, response: ServerResponse): void {
    this.#unexpected.push(`unexpected ${request.method} ${request.url}`);
    send(response, 400, { error: 'unexpected request' });
  }

  #nameIn(url: string): string | null {
    if (!url.startsWith(this.basePath)) return null;
    const name = decodeURIComponent(url.slice(this.basePath.length));
    return /^(@[^/]+\/)?[^/?]+$/.test(name) ? name : null;
  }
}

function planned(plan: FaultPlan): PlannedFault {
  return { plan, left: plan.times === 'always' ? Number.POSITIVE_INFINITY : (plan.times ?? 1) };
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
