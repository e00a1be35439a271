/** Figures by measurement, shares in 0–1. */
export type Figures = Record<string, Record<string, number>>;

/** Which way is better, and the bound that issue 3 sets; figures without an entry are only reported. */
const RULES: Readonly<Record<string, { readonly better: 'more' | 'less'; readonly bound: number }>> = {
  'hallucinated.notInSnapshot': { better: 'more', bound: 0.99 },
  'hallucinated.explained': { better: 'more', bound: 0.6 },
  'hallucinated.suggested': { better: 'more', bound: 0.6 },
  'hallucinated.acceptable': { better: 'more', bound: 0.7 },
  'typos.recall': { better: 'more', bound: 0.98 },
  'typos.first': { better: 'more', bound: 0.95 },
  'top.blocked': { better: 'less', bound: 0 },
  'top.warned': { better: 'less', bound: 0.001 },
  'leaveOneOut.scored': { better: 'less', bound: 0.025 },
};

/**
 * Sentences on every figure that misses its bound or is worse than the baseline; figures that weren't measured
 * are passed over.
 */
export function listRegressions(figures: Figures, baseline: Figures): string[] {
  return Object.entries(RULES).flatMap(([key, { better, bound }]) => {
    const [set = '', figure = ''] = key.split('.');
    const value = figures[set]?.[figure];
    if (value === undefined) return [];
    const worseThan = (other: number): boolean => (better === 'more' ? value < other : value > other);
    const before = baseline[set]?.[figure];
    if (worseThan(bound)) return [`${key} is ${value}, the bound is ${bound}`];
    if (before !== undefined && worseThan(before)) return [`${key} is ${value}, the baseline ${before}`];
    return [];
  });
}
