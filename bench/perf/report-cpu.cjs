// Loaded into a measured process by NODE_OPTIONS: writes the milliseconds of processor time that all its threads took into
// $BENCH_CPU_FILE at its end.
const { writeFileSync } = require('node:fs');
const { isMainThread } = require('node:worker_threads');

if (isMainThread)
  process.on('exit', () => {
    const { user, system } = process.cpuUsage();
    writeFileSync(process.env.BENCH_CPU_FILE, String((user + system) / 1_000));
  });
