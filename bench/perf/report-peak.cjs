// Loaded into a measured process by NODE_OPTIONS: writes the most bytes that it had resident into $BENCH_PEAK_FILE at its end.
// VmHWM counts from exec on; ru_maxrss, all that other systems have, starts with what the parent had when it forked.
const { readFileSync, writeFileSync } = require('node:fs');

process.on('exit', () => {
  writeFileSync(process.env.BENCH_PEAK_FILE, String(peakBytes()));
});

function peakBytes() {
  try {
    return Number(/^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))[1]) * 1024;
  } catch {
    return process.resourceUsage().maxRSS * 1024;
  }
}
