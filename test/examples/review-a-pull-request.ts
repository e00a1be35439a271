// Judges what a branch adds, and says it in a sentence for each problem.
import { check, exitStatus } from 'phantom-guard-install';

const [directory = '.', base = 'main'] = process.argv.slice(2);
const report = await check(directory, { since: base, downloadsUrl: 'none' });
for (const { name, version, risk, suggestions } of report.packages) {
  const meant = suggestions[0] === undefined ? '' : `; did you mean ${suggestions[0].name}?`;
  process.stdout.write(`${name}@${version ?? '?'} is ${risk}${meant}\n`);
}
process.exitCode = exitStatus(report);
