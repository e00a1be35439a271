// Holds the modules with the pattern tables (word lists, look-alikes, affixes, topics, keyboards), says how much the heap
// grew by them, code included, and writes a heap snapshot into the file named on its command line.
import { writeHeapSnapshot } from 'node:v8';
import { collectAndMeasure } from '../perf/heap.js';

const before = collectAndMeasure().heapBytes;
const modules = await Promise.all([
  import('../../src/names/techniques/index.js'),
  import('../../src/names/techniques/core-module.js'),
  import('../../src/names/words.js'),
  import('../../src/names/topics.js'),
  import('../../src/names/sentences.js'),
]);
const after = collectAndMeasure().heapBytes;
writeHeapSnapshot(process.argv[2]);
console.log(JSON.stringify({ bytes: after - before, modules: modules.length }));
