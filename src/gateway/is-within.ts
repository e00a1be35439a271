/** Whether it was less than `ms` milliseconds ago. Where a clock was set back by more, it was not. */
export function isWithin(ms: number, thenMs: number, nowMs: number): boolean {
  return Math.abs(nowMs - thenMs) < ms;
}
