import type { Io } from './io.js';

/** Progress is shown for what takes longer than this. */
const PATIENCE_MS = 500;
/** Between two lines where nobody looks at a screen. */
const PLAIN_INTERVAL_MS = 10_000;

export type Progress = {
  readonly report: (done: number, total: number) => void;
  readonly end: () => void;
};

type Describe = (done: number, total: number) => string;

/**
 * Tells on stderr how far the gathering of facts is: one line that goes away at the end on a terminal, a plain line
 * now and then elsewhere, nothing for a run of less than half a second.
 */
export function startProgress(io: Io, quiet: boolean, describe: Describe = asking): Progress {
  if (quiet) return { report: () => undefined, end: () => undefined };
  return io.stderr.isTTY === true ? startSpinner(io, describe) : startLines(io, describe);
}

function startSpinner(io: Io, describe: Describe): Progress {
  let text = '';
  let spinner: { text: string; stop: () => unknown } | null = null;
  let ended = false;
  const timer = setTimeout(async () => {
    const { default: yoctoSpinner } = await import('yocto-spinner');
    if (ended) return;
    spinner = yoctoSpinner({ text, stream: io.stderr, handleSignals: false }).start();
  }, PATIENCE_MS);
  return {
    report: (done, total) => {
      text = describe(done, total);
      if (spinner !== null) spinner.text = text;
    },
    end: () => {
      ended = true;
      clearTimeout(timer);
      spinner?.stop();
    },
  };
}

function startLines(io: Io, describe: Describe): Progress {
  let text = '';
  const timer = setInterval(() => text !== '' && io.stderr.write(`${text}\n`), PLAIN_INTERVAL_MS);
  timer.unref();
  return {
    report: (done, total) => {
      text = describe(done, total);
    },
    end: () => clearInterval(timer),
  };
}

function asking(done: number, total: number): string {
  return `asking the registry: ${done} of ${total} names`;
}
