import { workerData } from 'node:worker_threads';
import { createTaskServer } from '../src/pool/answer-task.js';
import type { ThreadSetup } from '../src/pool/tasks.js';

/** Piscina task: asks registries about a batch of names. The setup comes as `workerData`. */
export default createTaskServer(workerData as ThreadSetup);
