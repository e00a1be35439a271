import type { Report } from '../model/report.js';
import type { Asked, Established } from '../names/find-established.js';
import type { ToolInfo } from '../report/build-report.js';
import type { Explanation } from '../report/explain.js';

/** A call of a tool: where it is at home, and what ends it. */
export type CallContext = {
  /** A folder, relative to the server's own; `undefined` = the server's own. */
  readonly directory?: string | undefined;
  readonly signal: AbortSignal;
};

export type Explained = { readonly report: Report; readonly explanations: readonly Explanation[] };

/** What the server needs of the guard. Everything throws `GuardError` where nothing could be judged. */
export type Guard = {
  readonly tool: ToolInfo;
  readonly validate: (
    specs: readonly string[],
    options: { readonly manager?: 'npm' | 'pnpm' | undefined },
    context: CallContext,
  ) => Promise<Report>;
  readonly check: (
    path: string,
    options: { readonly since?: string | undefined; readonly all?: boolean | undefined },
    context: CallContext,
  ) => Promise<Report>;
  /** Its explanations hold no free text of others, but for the facts in their sources. */
  readonly explain: (spec: string, context: CallContext) => Promise<Explained>;
  readonly findEstablished: (asked: Asked) => Established;
  /** Somebody should look at this: a defect of the program. */
  readonly reportDefect: (thrown: unknown) => void;
};
