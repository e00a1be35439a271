/** A timer that calls once when nothing was heard for long enough. */
export type Watchdog = {
  /** Starts the time anew; `ms` from now on. */
  readonly allow: (ms: number) => void;
  readonly stop: () => void;
};

export function startWatchdog(ms: number, onSilence: (ms: number) => void): Watchdog {
  let timer = setTimeout(onSilence, ms, ms);
  const stop = (): void => clearTimeout(timer);
  return {
    allow: (next) => {
      stop();
      timer = setTimeout(onSilence, next, next);
    },
    stop,
  };
}
