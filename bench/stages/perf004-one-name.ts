import { createNameJudge } from '../../src/names/judge-name.js';
import { loadNameData } from '../../src/names/load-name-data.js';
import { nameOf } from '../perf/bench-world.js';
import { strangers } from '../perf/names.js';
import type { Stage } from '../perf/stage.js';
import { timeEachSync } from '../perf/time-each.js';

const NAMES = 2_000;

/** One name that nobody knows through every technique, with what was probably meant. */
export const oneName: Stage = {
  id: 'PERF004',
  measures: { name: { what: 'one unknown name judged by every technique', unit: 'ms' } },
  run: ({ isBrief }) => {
    const data = loadNameData();
    let judge = createNameJudge(data);
    const names = strangers(NAMES).map(nameOf);
    const judgeAt = (call: number) => {
      // A judge remembers what it has compared.
      if (call % names.length === 0) judge = createNameJudge(data);
      return judge(names[call % names.length] ?? nameOf('express'), true);
    };
    const again = createNameJudge(loadNameData());
    const differing = names.find(
      (name) => JSON.stringify(judge(name, true)) !== JSON.stringify(again(name, true)),
    );
    if (differing !== undefined) throw new Error(`${differing} is judged in two ways`);
    if (names.every((name) => judge(name, true).imitations.length === 0)) throw new Error('no name imitates');
    return Promise.resolve({
      name: timeEachSync({ warmUp: 4 * NAMES, timed: (isBrief ? 2 : 20) * NAMES }, judgeAt),
    });
  },
};
