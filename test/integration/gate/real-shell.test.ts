import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Manager } from '../../support/managers.js';
import { gatedProjects } from './gated-projects.js';
import { npms, runNpm } from './support.js';

const project = gatedProjects();

describe.each(npms(11))('the real shell behind the script gate, with npm $version', (npm: Manager) => {
  it('stays out of `npm run`, whatever the script does', async () => {
    const one = project({
      scripts: {
        echo: 'printf "<%s>" "$0" "it\'s"; cat; exit 7',
        args: "printf '<%s>'",
        die: 'kill -TERM $$',
        test: 'echo tested',
      },
    });
    const plain = { env: { npm_config_script_shell: '/bin/sh' } };
    const compare = async (args: readonly string[], stdin = '') => {
      const [gated, other] = await Promise.all([
        runNpm(npm, one, args, { stdin }),
        runNpm(npm, one, args, { ...plain, stdin }),
      ]);
      expect(gated).toMatchObject({ status: other.status, signal: other.signal, stdout: other.stdout });
      return gated;
    };
    expect((await compare(['run', '-s', 'echo'], 'typed\n')).status).toBe(7);
    expect((await compare(['run', '-s', 'args', '--', 'a b', "c'd", '$HOME', ''])).stdout).toContain('<a b>');
    expect((await compare(['run', '-s', 'die'])).signal).toBe('SIGTERM');
    expect((await compare(['test'])).stdout).toContain('tested');
    mkdirSync(path.join(one.directory, 'sub'));
    const options = { cwd: path.join(one.directory, 'sub'), env: { PWD: '/stale' } };
    expect((await runNpm(npm, one, ['test', '-s'], options)).stdout).toBe('tested\n');
    const elsewhere = await runNpm(npm, one, ['--prefix', one.directory, 'test', '-s'], { cwd: '/' });
    expect(elsewhere.stdout).toBe('tested\n');
    expect(existsSync(path.join(one.home, '.local'))).toBe(false);
  });

  it('uses the shell that the user had before', async () => {
    const one = project({ scripts: { which: 'echo never', postinstall: 'echo never' } });
    const own = path.join(one.home, 'my shell');
    writeFileSync(own, '#!/bin/sh\necho "mine $*"\n', { mode: 0o755 });
    mkdirSync(path.join(one.home, 'guard'));
    writeFileSync(path.join(one.home, 'guard/real-script-shell'), `${own}\n`);
    const env = { PHANTOM_GUARD_HOME: path.join(one.home, 'guard') };
    expect((await runNpm(npm, one, ['run', '-s', 'which'], { env })).stdout).toBe('mine -c echo never\n');
    expect((await runNpm(npm, one, ['install'], { env })).stdout).toContain('mine -c echo never');
  });
});
