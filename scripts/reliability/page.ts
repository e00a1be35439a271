import { CHECKS, type Check } from '../../bench/faults/fault.js';
import type { FaultRecord, FaultResult } from '../../bench/faults/record.js';
import type { RecordedTarget } from '../../test/fuzz/record.js';
import { LIMITS } from '../../test/fuzz/target.js';
import { table } from '../docs/markdown.js';
import { AREAS, type AttackRow } from './attack-rows.js';
import { plainCell } from './plain-cell.js';

export type Records = {
  readonly attacks: readonly AttackRow[];
  readonly fuzzing: readonly RecordedTarget[];
  readonly faults: FaultRecord;
};

const number = (value: number): string => value.toLocaleString('en');
const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

/** The text of docs/reliability.md. */
export function reliabilityPage({ attacks, fuzzing, faults }: Records): string {
  return `${[
    '# Reliability',
    '<!-- Made from what runs have recorded, by `npm run build:reliability`. Edits are lost. -->',
    'What was done to the guard, how often, and what came of it. [Threat model](threat-model.md) has what is promised and what is not.',
    '## In all',
    summary({ attacks, fuzzing, faults }),
    '## Attacks',
    ATTACKS,
    ...attackTables(attacks),
    '## Fuzzing',
    FUZZING,
    fuzzTable(fuzzing),
    '## Faults',
    faultText(faults),
    faultTable(faults.results),
    checkTable(),
    '## Do it again',
    REPEAT,
  ].join('\n\n')}\n`;
}

const ATTACKS = [
  'Each row is a case of `test/hostile`, which CI runs; of `registry access` it runs each way in one layer of configuration, since every cell starts',
  'npm. What a machine cannot run, for want of root or of a program, and the other layers, stand here as they were last recorded.',
].join('\n');

function summary({ attacks, fuzzing, faults }: Records): string {
  const count = (state: AttackRow['state']): number => attacks.filter((row) => row.state === state).length;
  const checks = faults.results.flatMap(({ checks: one }) => Object.values(one));
  return table(
    ['', 'tried', 'failures'],
    [
      ['cases of the attack suite', number(attacks.length - count('skipped')), number(count('failed'))],
      [
        `inputs fuzzed, for ${fuzzing.length} parsers`,
        number(sum(fuzzing.map(({ inputs }) => inputs))),
        number(sum(fuzzing.map(({ findings }) => findings.length))),
      ],
      [
        `faults injected, of ${faults.results.length} kinds`,
        number(sum(faults.results.map(({ injected }) => injected))),
        number(sum(faults.results.map(({ failures }) => failures.length))),
      ],
      ['looks at what must hold under faults', number(sum(checks)), ''],
    ],
  );
}

function attackTables(rows: readonly AttackRow[]): readonly string[] {
  return AREAS.flatMap((area) => {
    const own = rows.filter((row) => row.area === area);
    if (own.length === 0) return [];
    const cells = own.map(({ attack, must, state }) => [plainCell(attack), plainCell(must), state]);
    return [
      `### ${area[0]?.toUpperCase()}${area.slice(1)}`,
      table(['attack', 'what must happen', ''], cells),
    ];
  });
}

const FUZZ_LIMITS = `${LIMITS.ms / 1000} s and ${LIMITS.mb} MB more for ${LIMITS.bytes / 1024 / 1024} MB of input`;
const FUZZING = [
  `Every parser gets bytes that are led by what has run of it. It has to give a value or an error of its own, in less than ${FUZZ_LIMITS};`,
  'what a target checks besides is in its file in `test/fuzz/targets`. Times and sizes are measured while V8 counts blocks, on a busy',
  'machine, which makes both larger: what is over a limit is measured again without, and is a finding if it still is. Why this fuzzer:',
  '[decision 17](decisions/0017-fuzzing.md).',
].join('\n');

function fuzzTable(results: readonly RecordedTarget[]): string {
  return table(
    ['parser', 'inputs', 's', 'kept', 'blocks', 'longest, ms', 'largest, MB', 'found', 'recorded'],
    results.map(
      ({ target, inputs, seconds, corpus, blocks, longestMs, largestMb, findings, date, commit }) => [
        target,
        ...[inputs, seconds, corpus, blocks, longestMs, largestMb, findings.length].map(number),
        `${date}, ${commit}`,
      ],
    ),
  );
}

function faultText({ date, commit, node }: FaultRecord): string {
  return `The built program, real npm, registries on loopback. Recorded on ${date}, commit ${commit}, Node ${node}.`;
}

function faultTable(results: readonly FaultResult[]): string {
  return table(
    ['fault', 'injected', ...Object.keys(CHECKS), 'undecided', 'failures'],
    results.map(({ fault, injected, checks, undecided, failures }) => [
      fault,
      number(injected),
      ...(Object.keys(CHECKS) as Check[]).map((check) =>
        checks[check] === undefined ? '' : number(checks[check]),
      ),
      undecided === 0 ? '' : number(undecided),
      number(failures.length),
    ]),
  );
}

function checkTable(): string {
  const undecided = ['undecided', 'verdicts among them that were *unknown*, which blocks'] as const;
  return table(['column', 'how often it was looked at that'], [...Object.entries(CHECKS), undecided]);
}

const REPEAT = [
  '    npx vitest run test/hostile               # the attacks; some need root, PHANTOM_GUARD_WHOLE_MATRIX=1 runs all layers',
  '    npm run fuzz                              # every parser; --target NAME, --inputs N, --seed N',
  '    npm run faults                            # every kind; --only NAME, --quick for some seconds of each',
  '    npm run fuzz -- --record                  # and into test/fuzz/recorded.json',
  '    npm run faults -- --record                # and into bench/faults/recorded.json',
  '    npm run build:reliability                 # runs the attacks, and writes this page',
].join('\n');
