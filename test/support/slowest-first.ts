import { readFileSync } from 'node:fs';
import path from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take longer than half a minute on the two cores of CI, the slowest first. */
const SLOWEST: readonly string[] = JSON.parse(
  readFileSync(path.join(import.meta.dirname, 'slowest-tests.json'), 'utf8'),
);

/**
 * A clean checkout knows no durations. There vitest begins with the largest files, and a slow one among the last keeps one
 * worker busy while the other has nothing left to do.
 */
export class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => this.#rank(a) - this.#rank(b));
  }

  /** Files without a process of their own are the shortest, and come last. */
  #rank({ moduleId, project }: TestSpecification): number {
    const at = SLOWEST.indexOf(path.relative(this.ctx.config.root, moduleId));
    if (at !== -1) return at;
    return project.config.isolate ? SLOWEST.length : SLOWEST.length + 1;
  }
}
