// A process that does nothing: what bench/children/ready.ts is compared with.
import { collectAndMeasure } from '../perf/heap.js';

console.log(JSON.stringify(collectAndMeasure()));
