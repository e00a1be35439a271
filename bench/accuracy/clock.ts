/** The "now" of every scenario, epoch milliseconds; packuments are made relative to it. */
export const NOW_MS = Date.UTC(2026, 10, 23);

export const DAY_MS = 86_400_000;
export const HOUR_MS = 3_600_000;
