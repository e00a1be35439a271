import type { Facts } from './facts.js';
import { type Finding, INIT_GLOBAL } from './finding.js';

/** Why the script gate of this user is not called, or could not judge. */
export function findInGate({ gate, gateElsewhere, npm, platform, shims }: Facts): readonly Finding[] {
  const isSetUp = gate.ours !== null || gateElsewhere.ours !== null;
  const findings: Finding[] = [];
  if (platform === 'win32' && (isSetUp || shims.npm.isThere)) {
    const message = 'on Windows the script gate and the shims are inert';
    findings.push({ code: 'WINDOWS', message, fix: 'use phantom-guard-install npm …' });
  }
  if (gate.ours === null) return findings;
  const file = String(gate.ours.value);
  if (!gate.isEffective && gate.effective !== null) {
    const message = `script-shell of ${gate.effective.layer} replaces the script gate`;
    const fix = `export npm_config_script_shell=${file}`;
    findings.push({ code: 'GATE_REPLACED', message, fix, file: gate.effective.source });
  }
  if (!gate.isRunnable)
    findings.push({
      code: 'GATE_MISSING',
      message: `script-shell names ${file}, which can not be run: npm runs no script at all`,
      fix: INIT_GLOBAL,
      file,
    });
  else if (!gate.hasGuard)
    findings.push({
      code: 'GATE_WITHOUT_GUARD',
      message: 'the guard behind the script gate is missing: it refuses every install',
      fix: INIT_GLOBAL,
      file,
    });
  if (npm?.major !== 10 && npm?.major !== 11 && npm !== null) {
    const message = `npm ${npm.version ?? ''} runs no scripts of dependencies by default, and so does not call the script gate`;
    findings.push({ code: 'GATE_ON_THIS_NPM', message, fix: `${INIT_GLOBAL} (the shims guard every npm)` });
  }
  return findings;
}
