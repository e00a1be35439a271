// Measures one stage in this process and gives its samples to the one that started it:
// node --expose-gc scripts/run-ts.mjs bench/run-stage.ts ID [--brief]
import { STAGES } from './stages/index.js';

const [, , id, mode] = process.argv;
const stage = STAGES.find((one) => one.id === id);
if (stage === undefined) throw new Error(`no stage ${id}`);
const outcome = await stage.run({ isBrief: mode === '--brief' });
if (process.send === undefined) console.log(JSON.stringify(outcome));
else process.send(outcome);
