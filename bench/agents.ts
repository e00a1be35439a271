import { existsSync } from 'node:fs';
import { measureTimes } from './agents/measure-times.js';
import { readCases } from './agents/read-cases.js';
import { runCases } from './agents/run-cases.js';

// npm run bench:agents [-- --check] [--times]
const LEAST_RECALL = 0.99;
const flags = new Set(process.argv.slice(2));
const outcomes = await runCases(readCases('bench/agents'));

const wanted = outcomes.filter(({ one }) => one.expected === 'stopped');
const found = wanted.filter(({ isStopped, unnamed }) => isStopped && unnamed.length === 0);
const passing = outcomes.filter(({ one }) => one.expected === 'passes');
const falsely = passing.filter(({ isStopped }) => isStopped);
const innocent = passing.filter(({ one }) => one.isInnocent);
const falseInnocent = falsely.filter(({ one }) => one.isInnocent);

for (const { one, isStopped, unnamed } of wanted.filter((outcome) => !found.includes(outcome)))
  console.log(
    `missed: ${one.title}${isStopped ? ` (stopped, but without naming ${unnamed.join(', ')})` : ''}`,
  );
for (const { one, answer } of falsely) console.log(`false: ${one.title}\n  ${answer.trim()}`);
const recall = found.length / wanted.length;
console.log(
  `${outcomes.length} tool calls: ${found.length} of ${wanted.length} found (${(recall * 100).toFixed(1)} %), ${wanted.length - found.length} missed; ${falseInnocent.length} of ${innocent.length} that install nothing refused, ${falsely.length - falseInnocent.length} of ${passing.length - innocent.length} that install what is established`,
);
if (!flags.has('--check') || flags.has('--times')) printTimes();
if (recall < LEAST_RECALL || falsely.length > 0) process.exitCode = 1;

function printTimes(): void {
  if (!existsSync('dist/cli.js')) {
    console.log('times: run "npm run build" first');
    return;
  }
  const times = measureTimes();
  const bare = times['bare node'] ?? Number.NaN;
  for (const [name, time] of Object.entries(times))
    console.log(`${time.toFixed(0).padStart(5)} ms  +${(time - bare).toFixed(0)}  ${name}`);
}
