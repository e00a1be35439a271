import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { placesOf } from '../../../src/wiring/places.js';
import { isShim } from '../../../src/wrap/real-npm.js';
import { writeFiles } from '../../support/projects.js';
import { runInit, snapshot } from '../../support/wiring.js';

const REAL = { npm: '/usr/bin/npm', bash: '/bin/bash' };

function temporary(name = 'home'): string {
  return mkdtempSync(path.join(tmpdir(), `phantom-guard-${name}-`));
}

type Given = {
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly home?: string;
};

function machine({ files = {}, env = {}, home = temporary() }: Given = {}) {
  writeFiles(home, files);
  const places = placesOf({ HOME: home, ...env });
  const init = (words: readonly string[], more: Parameters<typeof runInit>[1] | object = {}) =>
    runInit(['--global', ...words], { cwd: home, home, env, ...more });
  const read = (name: string) => readFileSync(path.join(home, name), 'utf8');
  /** Runs a shell as this user, with nothing else in the environment. */
  const shell = (program: string, ...args: readonly string[]) =>
    execFileSync(program, args, {
      encoding: 'utf8',
      cwd: home,
      env: { PATH: '/usr/bin:/bin', HOME: home, ...env },
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  return { home, places, init, read, shell };
}

/** Everything but folders, of which ~/.local/share may stay. */
function files(home: string): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(snapshot(home)).filter(([, content]) => content !== '/'));
}

function has(program: string): boolean {
  return ['/bin', '/usr/bin', '/usr/local/bin', '/opt/homebrew/bin'].some((folder) =>
    existsSync(path.join(folder, program)),
  );
}

describe('init --global', () => {
  it('makes the user install, shims, environment, script gate and start files', async () => {
    const { home, places, init, read } = machine();
    const { status, stdout } = await init(['--yes']);
    expect(status).toBe(0);
    expect(stdout).toContain('phantom-guard-install doctor');
    for (const name of ['dist/cli.js', 'data/names.bin', 'hooks/script-shell', 'package.json'])
      expect([name, readFileSync(path.join(places.guard, name)).equals(readFileSync(name))]).toEqual([
        name,
        true,
      ]);
    expect(statSync(places.scriptShell).mode & 0o111).toBe(0o111);
    expect(existsSync(path.join(places.guard, 'src'))).toBe(false);
    for (const name of ['npm', 'npx']) {
      expect(await isShim(path.join(places.shims, name))).toBe(true);
      expect(statSync(path.join(places.shims, name)).mode & 0o777).toBe(0o755);
    }
    expect(read('.npmrc')).toContain(`script-shell=${places.scriptShell}\n`);
    expect(statSync(path.join(home, '.npmrc')).mode & 0o777).toBe(0o600);
    expect(existsSync(places.realScriptShell)).toBe(false);
    expect(read('.profile')).toContain(places.shellFile);
    expect(existsSync(path.join(home, '.zshenv'))).toBe(has('zsh'));
  });

  it('changes nothing the second time, and says so', async () => {
    const { home, init } = machine({ files: { '.bashrc': 'x', '.zshrc': 'y\n', '.profile': '' } });
    await init(['--yes']);
    const before = snapshot(home);
    const { status, stdout } = await init([]);
    expect(status).toBe(0);
    expect(stdout).toContain('Already wired');
    expect(snapshot(home)).toEqual(before);
  });

  it.each([
    ['nothing', {}],
    ['files without an end of line', { '.bashrc': 'a', '.profile': 'b', '.zshenv': 'c', '.npmrc': 'd=e' }],
    ['empty files', { '.bashrc': '', '.bash_profile': '', '.bash_login': '', '.zshrc': '', '.npmrc': '' }],
    [
      'an earlier script-shell',
      {
        '.npmrc':
          '\uFEFF; mine\r\nscript-shell = "/bin/bash"\r\n//r/:_authToken=s3cret\r\n[x]\r\nscript-shell=y',
      },
    ],
    ['fish', { '.config/fish/config.fish': 'set -x A b\n' }],
    [
      'other files of its own home',
      { '.local/share/phantom-guard/mine': 'x', '.local/share/phantom-guard/shims/y': '' },
    ],
  ])('and --undo leave a home with %s byte for byte as it was', async (_, given) => {
    const { home, places, init } = machine({ files: given });
    const before = files(home);
    await init(['--yes']);
    mkdirSync(path.join(places.home, 'gate'), { mode: 0o700 });
    writeFileSync(path.join(places.home, 'gate', '1-2'), 'x');
    const { status, stdout } = await init(['--undo', '--yes']);
    expect(status).toBe(0);
    expect(stdout).not.toContain('s3cret');
    expect(files(home)).toEqual(before);
    expect(existsSync(places.home)).toBe(Object.keys(given).some((name) => name.includes('phantom-guard')));
    expect((await init(['--undo'])).stdout).toContain('nothing to take out');
  });

  it('hands the earlier script-shell to the gate, and puts it back also where npm dropped the comments', async () => {
    const { home, places, init, read } = machine({ files: { '.npmrc': 'script-shell=bash\nfund=false\n' } });
    const env = { npm_config_script_shell: '/elsewhere/gate', PATH: '/usr/bin:/bin' };
    await init(['--yes'], { env });
    expect(readFileSync(places.realScriptShell, 'utf8')).toMatch(/^\/.*\/bash\n$/);
    const real = readFileSync(places.realScriptShell, 'utf8').trim();
    writeFileSync(path.join(home, '.npmrc'), `fund=false\nscript-shell=${places.scriptShell}\n`);
    expect((await init(['--yes'])).stdout).toContain('Already wired');
    await init(['--undo', '--yes']);
    expect(read('.npmrc')).toBe(`fund=false\nscript-shell=${real}\n`);
    expect(existsSync(places.realScriptShell)).toBe(false);
  });

  it('takes no gate of another home for an earlier script-shell', async () => {
    const earlier = 'script-shell=/old/node_modules/phantom-guard-install/hooks/script-shell\n';
    const { home, places, init, read } = machine({ files: { rc: earlier } });
    const env = { npm_config_userconfig: path.join(home, 'rc') };
    await init(['--yes'], { env });
    expect(existsSync(places.realScriptShell)).toBe(false);
    expect(existsSync(path.join(home, '.npmrc'))).toBe(false);
    expect(read('rc')).toContain(`\nscript-shell=${places.scriptShell}\n`);
    await init(['--undo', '--yes'], { env });
    expect(read('rc')).toBe(earlier);
  });

  it('replaces an older copy as a whole, and sweeps what a killed run has left', async () => {
    const { places, init } = machine();
    await init(['--yes']);
    writeFileSync(path.join(places.guard, 'dist', 'old.js'), 'old');
    writeFileSync(path.join(places.guard, 'dist', 'cli.js'), 'old');
    const left = path.join(path.dirname(places.guard), '.phantom-guard-install-0123456789ab');
    mkdirSync(left);
    const { stdout } = await init(['--yes']);
    expect(stdout).toMatch(/^copy \d+ files of /);
    expect(existsSync(left)).toBe(false);
    expect(existsSync(path.join(places.guard, 'dist', 'old.js'))).toBe(false);
    expect(readFileSync(path.join(places.guard, 'dist', 'cli.js')).equals(readFileSync('dist/cli.js'))).toBe(
      true,
    );
  });

  it('finishes what a killed run has begun', async () => {
    const { home, places, init } = machine({ files: { '.bashrc': 'x\n' } });
    const before = files(home);
    await init(['--yes']);
    const whole = snapshot(home);
    rmSync(path.join(places.shims, 'npx'));
    rmSync(path.join(home, '.npmrc'));
    writeFileSync(path.join(home, '.bashrc'), 'x\n');
    await init(['--yes']);
    expect(snapshot(home)).toEqual(whole);
    rmSync(places.guard, { recursive: true });
    await init(['--undo', '--yes']);
    expect(files(home)).toEqual(before);
  });

  it('writes nothing without a yes, and has a document for programs', async () => {
    const { home, init } = machine({ files: { '.bashrc': 'x' } });
    const before = snapshot(home);
    expect(await init([])).toMatchObject({ status: 2, stderr: expect.stringContaining('--yes') });
    expect(await init([], { answer: 'no\n' })).toMatchObject({ status: 2 });
    expect(snapshot(home)).toEqual(before);
    const { stdout } = await init(['--yes', '--format', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: 1, init: { status: 'wired', scope: 'user' } });
  });

  it('is inert on Windows, and refuses a home that a PATH cannot hold', async () => {
    const { init } = machine();
    expect(await init(['--yes'], { platform: 'win32' })).toMatchObject({ status: 2 });
    const home = path.join(temporary(), 'a:b');
    mkdirSync(home);
    expect(await machine({ home }).init(['--yes'])).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('PHANTOM_GUARD_HOME'),
    });
    const { places, init: again } = machine();
    mkdirSync(places.guard, { recursive: true });
    writeFileSync(path.join(places.guard, 'package.json'), '{"name":"other"}');
    expect(await again(['--yes'])).toMatchObject({ status: 2 });
  });

  it('edits one file once where start files are links to each other', async () => {
    const { home, init, read } = machine({ files: { '.profile': 'x\n' } });
    symlinkSync('.profile', path.join(home, '.bash_profile'));
    await init(['--yes']);
    expect(read('.profile').match(/env\.sh'; fi/g)).toHaveLength(1);
    expect((await init([])).stdout).toContain('Already wired');
    await init(['--undo', '--yes']);
    expect(read('.profile')).toBe('x\n');
  });
});

describe('after init --global', () => {
  const ODD = `it's a "home" with $HOME & é; blanks # too`;

  it.each([
    ['bash as a login shell', 'bash', ['-lc']],
    ['bash with somebody at it', 'bash', ['-ic']],
    ['bash as an interactive login shell', 'bash', ['-lic']],
    ['sh as a login shell', 'sh', ['-lc']],
    ['dash as a login shell', 'dash', ['-lc']],
    ['zsh', 'zsh', ['-c']],
    ['zsh with somebody at it', 'zsh', ['-ic']],
    ['zsh as a login shell', 'zsh', ['-lc']],
    ['fish', 'fish', ['-c']],
  ])('%s finds the shim first, in a home with an odd name', async (_, program, args) => {
    if (!has(program)) return tellSkipped(program);
    const home = path.join(temporary(), ODD);
    mkdirSync(home);
    // A version manager at the end of the file, and an early return.
    const nvm = 'PATH="/opt/none/bin:$PATH"\n';
    const given = {
      '.bashrc': `case $- in *i*) ;; *) return ;; esac\n${nvm}`,
      '.profile': nvm,
      '.zshrc': nvm,
      '.config/fish/config.fish': '',
    };
    const { places, init, shell } = machine({ home, files: given });
    expect(await init(['--yes'])).toMatchObject({ status: 0 });
    expect(shell(program, ...args, 'command -v npm')).toBe(path.join(places.shims, 'npm'));
    expect(shell(program, ...args, 'env | grep ^npm_config_script_shell=')).toBe(
      `npm_config_script_shell=${places.scriptShell}`,
    );
    if (existsSync(REAL.npm))
      expect(shell(REAL.npm, 'config', 'get', 'script-shell')).toBe(places.scriptShell);
    if (existsSync(REAL.npm)) expect(shell(program, ...args, 'npm --version')).toMatch(/^\d+\.\d+\.\d+$/);
  });

  it('the guard itself is found by its name, as its advice has it', async () => {
    const { places, init, shell } = machine();
    await init(['--yes']);
    expect(shell('bash', '-lc', 'command -v phantom-guard-install')).toBe(
      path.join(places.shims, 'phantom-guard-install'),
    );
    expect(shell('bash', '-lc', 'phantom-guard-install --version')).toMatch(/^\d+\.\d+\.\d+/);
  });

  it('the PATH does not grow with every shell in a shell', async () => {
    const { places, init, shell } = machine();
    await init(['--yes']);
    const nested = shell('bash', '-lc', `bash -ic 'bash -lc "echo \\$PATH"'`);
    expect(nested.split(':').filter((folder) => folder === places.shims)).toHaveLength(1);
  });

  it('a home of its own is told to hooks and shells', async () => {
    const chosen = path.join(temporary(), 'my guard');
    const { places, init, shell } = machine({ env: { PHANTOM_GUARD_HOME: chosen } });
    await init(['--yes']);
    expect(places.home).toBe(chosen);
    expect(
      shell('sh', '-c', `unset PHANTOM_GUARD_HOME; . '${places.shellFile}'; echo "$PHANTOM_GUARD_HOME"`),
    ).toBe(chosen);
    await init(['--undo', '--yes']);
    expect(existsSync(chosen)).toBe(false);
  });

  it('the copy runs on its own, and does not copy itself', async () => {
    const { home, places, init } = machine();
    await init(['--yes']);
    const cli = path.join(places.guard, 'dist', 'cli.js');
    const run = (...args: string[]) =>
      execFileSync(process.execPath, [cli, ...args], {
        encoding: 'utf8',
        env: { HOME: home, PATH: '/usr/bin:/bin' },
      });
    expect(run('init', '--global')).toContain('Already wired');
    run('init', '--global', '--undo', '--yes');
    expect(existsSync(places.home)).toBe(false);
  });

  it('a copy in the cache of npx leaves no trace of where it lay', async () => {
    const cache = path.join(temporary('npx'), '_npx', '0123', 'node_modules', 'phantom-guard-install');
    for (const part of ['dist', 'data', 'hooks', 'schemas', 'package.json'])
      cpSync(part, path.join(cache, part), { recursive: true });
    const { home, init } = machine();
    execFileSync(process.execPath, [path.join(cache, 'dist/cli.js'), 'init', '--global', '--yes'], {
      env: { HOME: home, PATH: '/usr/bin:/bin' },
      stdio: 'ignore',
    });
    rmSync(cache, { recursive: true });
    const own = Object.entries(files(home)).filter(([name]) => !name.includes('node_modules'));
    expect(own.filter(([, content]) => content.includes('_npx'))).toEqual([]);
    expect(own.length).toBeGreaterThan(5);
    await init(['--undo', '--yes']);
    expect(files(home)).toEqual({});
  });
});

function tellSkipped(program: string): void {
  process.stderr.write(`skipped: there is no ${program} on this machine\n`);
}
