import type { IncomingMessage } from 'node:http';
import type { Manifest } from './manifest.js';

/** What is used of Verdaccio 5 and 6, and of the Express in them. */

export type RemoteUser = { readonly name?: string | null };

export type Request = IncomingMessage & {
  readonly path: string;
  readonly query: Readonly<Record<string, unknown>>;
  readonly ip?: string;
  remote_user?: RemoteUser;
};

export type Response = {
  statusCode: number;
  /** One line of printable ASCII. */
  statusMessage: string;
  readonly headersSent: boolean;
  status: (code: number) => Response;
  set: (name: string, value: string) => Response;
  removeHeader: (name: string) => void;
  send: (body: string | Buffer) => Response;
};

export type Next = (error?: unknown) => void;
export type Handler = (request: Request, response: Response, next: Next) => void;

export type App = { readonly use: (handler: Handler) => void };

export type Auth = {
  readonly apiJWTmiddleware: () => Handler;
  readonly allow_access: (
    asked: { readonly packageName: string },
    user: RemoteUser,
    callback: (error: unknown, isAllowed?: boolean) => void,
  ) => void;
};

export type Storage = {
  readonly getPackage: (options: {
    readonly name: string;
    readonly req: Request;
    readonly uplinksLook: boolean;
    readonly keepUpLinkData: boolean;
    readonly callback: (error: { readonly status?: number } | null, manifest?: Manifest) => void;
  }) => void;
};

export type VerdaccioConfig = Readonly<Record<string, unknown>>;

export type Logger = {
  readonly warn: (values: object, message: string) => void;
  readonly error: (values: object, message: string) => void;
};
