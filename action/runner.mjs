import { randomUUID } from 'node:crypto';
import { appendFileSync, writeSync } from 'node:fs';

/** Runs what may print text of others, while GitHub's runner takes no line as a command. Returns what it returns. */
export function withoutCommands(print) {
  const token = randomUUID();
  say(`::stop-commands::${token}`);
  try {
    return print();
  } finally {
    say(`::${token}::`);
  }
}

export function tellError(message) {
  say(`::error title=phantom-guard-install::${escapeData(message)}`);
}

export function tellNotice(message) {
  say(`::notice title=phantom-guard-install::${escapeData(message)}`);
}

/** Sets the outputs of the step. Each value is a word of ours, a number or a path of the runner, and no input. */
export function setOutputs({ status, exitStatus, blocked, report }) {
  const file = process.env.GITHUB_OUTPUT;
  if (!file) return;
  const values = { status, 'exit-status': exitStatus, blocked, report };
  for (const [name, value] of Object.entries(values)) appendFileSync(file, `${name}=${value}\n`);
}

/** In order with what the programs print that are started here: nothing is buffered. */
function say(line) {
  writeSync(1, `${line}\n`);
}

function escapeData(message) {
  return message.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
}
