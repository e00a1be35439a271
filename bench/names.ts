import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { loadNameData } from '../src/names/load-name-data.js';
import { readVerdicts, sampleSuggestions } from './names/judgements.js';
import {
  measureHallucinated,
  measureLeaveOneOut,
  measureTop,
  measureTypos,
  scoreOf,
} from './names/measure.js';
import { type Figures, listRegressions } from './names/regressions.js';
import { npmTopDownloads, randomFrom, readByDownloads, readHallucinated } from './names/sets.js';
import { generateTypos } from './names/typos.js';

// npm run bench:names [-- --lists] [--sample] [--record | --check]
const BASELINE = 'bench/names-baseline.json';
const flags = new Set(process.argv.slice(2));
const data = loadNameData();
const hallucinated = readHallucinated();
const byDownloads = readByDownloads();
const figures: Figures = {};

if (hallucinated === null)
  console.log('hallucinated.tsv is not on this machine: its figures are left out (set EVAL_DIR)');
else {
  const measured = measureHallucinated(hallucinated, data);
  const sample = sampleSuggestions(measured.judged);
  figures['hallucinated'] = { ...measured.figures, acceptable: readVerdicts(sample).acceptable };
  if (flags.has('--sample'))
    for (const { name, suggestions } of sample) print(name, suggestions.map((s) => s.name).join(' '));
  if (flags.has('--lists'))
    for (const { name, findings, suggestions } of measured.judged)
      print(name, describe(findings), suggestions.map((s) => s.name).join(' '));
}
const typos = measureTypos(generateTypos(byDownloads.slice(0, 1000), randomFrom(1)), data);
figures['typos'] = typos.figures;
const top = measureTop(npmTopDownloads, data);
figures['top'] = top.figures;
const hidden = measureLeaveOneOut(npmTopDownloads, data);
figures['leaveOneOut'] = hidden.figures;

console.log(JSON.stringify(figures, null, 2));
console.log(
  `warned of the top: ${top.warned.map(({ name, score }) => `${name} ${score.toFixed(2)}`).join(', ')}`,
);
console.log(
  `leave-one-out, names with a finding by technique: ${[...hidden.byTechnique].map(([id, n]) => `${id} ${n}`).join(', ')}`,
);
if (flags.has('--lists')) {
  for (const { name, findings } of hidden.scored)
    print('hidden', name, scoreOf(findings).toFixed(2), describe(findings));
  for (const { technique, original, typo, found, first, suggestions } of typos.results) {
    if (!found || !first)
      print(
        found ? 'not first' : 'missed',
        technique,
        original,
        typo,
        suggestions.map((s) => s.name).join(' '),
      );
  }
}
if (flags.has('--record')) writeFileSync(BASELINE, `${JSON.stringify(figures, null, 2)}\n`);
if (flags.has('--check')) check();

function check(): void {
  const baseline: Figures = existsSync(BASELINE) ? JSON.parse(readFileSync(BASELINE, 'utf8')) : {};
  const regressions = listRegressions(figures, baseline);
  for (const regression of regressions) console.error(regression);
  if (regressions.length > 0) process.exitCode = 1;
}

function describe(findings: readonly { technique: string; imitated: string; strength: number }[]): string {
  return findings
    .slice(0, 3)
    .map((f) => `${f.technique}:${f.imitated}:${f.strength.toFixed(2)}`)
    .join(' ');
}

function print(...cells: string[]): void {
  console.log(cells.join('\t'));
}
