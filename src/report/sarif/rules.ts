import type { ReportingDescriptor } from 'sarif';
import type { ReportedPackage } from '../../model/report.js';
import { SIGNAL_CODES, type SignalCode } from '../../model/signal.js';
import { PROJECT_PAGE, signalPage } from '../pages.js';
import { raisingSignals } from '../raising-signals.js';
import { signalTitles } from '../signal-titles.js';

/** The rule of a package on which there is no verdict. */
const UNKNOWN = 'UNKNOWN';

/** Every signal is a rule, and so is having no verdict; the same list in every document, so that indexes are stable. */
export const RULES: readonly ReportingDescriptor[] = [...SIGNAL_CODES.map(ruleOf), ruleOfUnknown()];

const INDEX: ReadonlyMap<string, number> = new Map(RULES.map(({ id }, index) => [id, index]));

/** The rule by which a package is reported: its heaviest signal. */
export function ruleFor(reported: ReportedPackage): { readonly ruleId: string; readonly ruleIndex: number } {
  const ruleId = raisingSignals(reported)[0]?.code ?? UNKNOWN;
  return { ruleId, ruleIndex: INDEX.get(ruleId) ?? -1 };
}

function ruleOf(code: SignalCode): ReportingDescriptor {
  return describe(code, signalTitles[code], signalPage(code));
}

function ruleOfUnknown(): ReportingDescriptor {
  const page = `${PROJECT_PAGE}/blob/main/docs/glossary.md`;
  return describe(UNKNOWN, 'The registry that is responsible could not be asked: no verdict', page);
}

function describe(id: string, title: string, page: string): ReportingDescriptor {
  return {
    id,
    name: id.toLowerCase().replace(/(?:^|_)(\w)/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: title },
    fullDescription: { text: title },
    helpUri: page,
    help: { text: `${title}. ${page}`, markdown: `${title}. [${id}](${page})` },
    properties: { tags: ['security', 'supply-chain'] },
  };
}
