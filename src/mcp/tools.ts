import { GuardError } from '../errors.js';
import type { Report } from '../model/report.js';
import { buildErrorReport } from '../report/build-report.js';
import type { Explanation } from '../report/explain.js';
import type { Guard } from './guard.js';
import { harmless, sourcesWithoutForeignText, withoutForeignText } from './harmless.js';
import { type InputOf, MOST_SPECS, type ToolName } from './inputs.js';
import { type EstablishedDocument, establishedShape, explanationShape, reportShape } from './report-shape.js';
import { tellEstablished } from './tell-established.js';
import { adviceFor, tellPackage, tellReport } from './tell-report.js';

/** The JSON document of a call, and what it comes to in words. */
export type Answer = { readonly document: Readonly<Record<string, unknown>>; readonly text: string };

type Tool<N extends ToolName> = {
  readonly title: string;
  /** For models: what it is for, when to call it, and what to do with the answer. */
  readonly description: string;
  readonly outputSchema: typeof reportShape | typeof explanationShape | typeof establishedShape;
  /** Asks registries; else answers out of the bundled data. */
  readonly openWorld: boolean;
  readonly call: (input: InputOf<N>, guard: Guard, signal: AbortSignal) => Answer | Promise<Answer>;
  /** The document of a call that failed; it has the shape of the others. */
  readonly failed: (error: NonNullable<Report['error']>, guard: Guard) => Answer['document'];
};

const failedReport = (error: NonNullable<Report['error']>, { tool }: Guard): Answer['document'] =>
  buildErrorReport(tool, error);

export const TOOLS: { readonly [N in ToolName]: Tool<N> } = {
  validate_packages: {
    title: 'Validate npm package names',
    description: `Judges npm package names or specs before they are written into code, a package.json or an install command. Call it for every package name that you did not read in this project's own lockfile: names that a model remembers are often invented, and whoever registers an invented name decides what gets installed. Answers per name: allow, warn or block, why, and the established name to use instead. Installs nothing. At most ${MOST_SPECS} specs in one call.`,
    outputSchema: reportShape,
    openWorld: true,
    call: async ({ specs, manager, directory }, guard, signal) =>
      answerReport(await guard.validate(specs, { manager }, { directory, signal })),
    failed: failedReport,
  },
  check_project: {
    title: 'Check the dependencies of a project',
    description:
      'Judges every package that a project resolves to, from its package-lock.json, pnpm-lock.yaml or package.json. Call it after dependencies changed and before they are installed; "since" judges only what changed since a git branch, tag or commit. Read-only, installs nothing.',
    outputSchema: reportShape,
    openWorld: true,
    call: async ({ path = '.', since, all }, guard, signal) =>
      answerReport(await guard.check(path, { since, all }, { signal })),
    failed: failedReport,
  },
  explain_package: {
    title: 'Explain the verdict on a package',
    description:
      'Lays open why one package is allowed, warned about or blocked: every fact with its source and age, every signal with its weight, and the policy that decided. Call it when a user asks why. Free text that the owner of the package wrote is left out.',
    outputSchema: explanationShape,
    openWorld: true,
    call: async ({ spec, directory }, guard, signal) => {
      const { report, explanations } = await guard.explain(spec, { directory, signal });
      const { document, packages } = cleaned(report);
      const explained = harmless(explanations).map((explanation) => ({
        ...explanation,
        sources: sourcesWithoutForeignText(explanation.sources),
        // What a person is told there is how to let the package through.
        answer: { ...explanation.answer, advice: adviceOn(explanation.name, packages) },
      }));
      return {
        document: { ...document, explanations: explained },
        text: [...packages.map(tellPackage), ...explained.map(tellReasons)].join('\n'),
      };
    },
    failed: (error, guard) => ({ ...failedReport(error, guard), explanations: [] }),
  },
  find_established_package: {
    title: 'Find the established package',
    description:
      'Names the established npm packages for a purpose ("parse command line arguments") or for a name that may be wrong or invented. Answers offline from bundled data and never invents: where it knows none, it says so. Give a purpose, a name, or both.',
    outputSchema: establishedShape,
    openWorld: false,
    call: ({ purpose = null, name = null }, guard) => {
      if (purpose === null && name === null)
        throw new GuardError('USAGE', 'there is neither a purpose nor a name', 'give one of them, or both');
      const found = guard.findEstablished({ name, purpose });
      const document: EstablishedDocument = { schemaVersion: 1, tool: guard.tool, error: null, ...found };
      return { document: harmless(document), text: tellEstablished(found) };
    },
    failed: (error, { tool }) => ({
      schemaVersion: 1,
      tool,
      error,
      asked: { name: null, purpose: null },
      nameIsEstablished: null,
      established: [],
    }),
  },
};

function answerReport(report: Report): Answer {
  const { document } = cleaned(report);
  return { document, text: tellReport(document) };
}

function cleaned(report: Report): { readonly document: Report; readonly packages: Report['packages'] } {
  const packages = report.packages.map((reported) => ({
    ...reported,
    signals: reported.signals.map(withoutForeignText),
  }));
  const document = harmless<Report>({ ...report, packages });
  return { document, packages: document.packages };
}

function tellReasons({ answer: { because, despite, unknown } }: Explanation): string {
  const list = (title: string, items: readonly string[]) =>
    items.length === 0 ? [] : [`${title}: ${items.join('; ')}.`];
  return [
    ...list('Because', because),
    ...list('Although', despite),
    ...list('Nobody could say', unknown),
  ].join('\n');
}

function adviceOn(name: string, packages: Report['packages']): readonly string[] {
  const reported = packages.find((one) => one.name === name);
  return reported === undefined ? [] : adviceFor(reported);
}
