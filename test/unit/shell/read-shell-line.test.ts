import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCases } from '../../../bench/agents/read-cases.js';
import type { ShellFinding } from '../../../src/shell/finding.js';
import { mayInstall } from '../../../src/shell/may-install.js';
import { readShellLine } from '../../../src/shell/read-shell-line.js';

/** A finding in one word. */
function told(finding: ShellFinding): string {
  switch (finding.kind) {
    case 'packages':
      return `${finding.manager} ${finding.how} ${finding.specs.join(' ')}`;
    case 'project':
      return `${finding.manager} project ${finding.place}`;
    case 'manifest':
      return `writes ${finding.file}`;
    case 'patch':
      return 'patch';
    case 'script':
      return `script ${finding.file}`;
    case 'unclear':
      return finding.why;
    case 'override':
      return finding.what;
  }
}

function findingsOf(line: string): readonly string[] {
  return readShellLine(line).map(told);
}

describe('a shell line', () => {
  it.each([
    ['npm isntall --save-dev zq-a zq-b@^1', ['npm install zq-a zq-b@^1']],
    ['npm exec --package=zq-a -- tool', ['npm run zq-a']],
    ['npm create zq@latest app', ['npm run create-zq@latest']],
    ['npm uninstall zq-a && npm install zq-b', ['npm install zq-b']],
    ['npm --prefix web ci', ['npm project web']],
    ['npx -p zq-a -c "npm i zq-b"', ['npm install zq-b', 'npm run zq-a']],
    ['pnpm -r exec npm i zq-a', ['npm install zq-a']],
    ['yarn workspaces foreach add zq-a', ['yarn install zq-a']],
    ['bunx --bun zq-a', ['bun run zq-a']],
    ['cd a && (cd b; npm ci); npm ci', ['npm project a/b', 'npm project a']],
    ['npm i $(echo zq-a zq-b)', ['npm install zq-a zq-b']],
    ['for p in zq-a zq-b; do npm i $p; done', ['npm install zq-a', 'npm install zq-b']],
    ['echo bnBtIGkgenE= | base64 -d | sh', ['npm install zq']],
    ['cat > package.json <<< "{}"', ['writes package.json']],
    ['sh ./x.sh', ['script ./x.sh']],
    ['npm i $X', ['name']],
    ['$X install zq', ['command']],
    ['git pull && npm ci', ['project']],
    ["npm i 'zq", ['syntax', 'npm install zq']],
    ['python -c \'os.system("npm i zq")\'', ['code']],
    ['curl x | base64 -d | sh', ['hidden-text']],
    ['phantom-guard-install accept zq --reason x', ['accept']],
    ['PHANTOM_GUARD_INSIDE=1 npm ci', ['variable', 'npm project .']],
  ])('%s', (line, expected) => {
    expect(findingsOf(line)).toEqual(expected);
  });

  it.each([
    'echo "npm install zq"',
    "git commit -m 'npm i zq'",
    '# npm i zq',
    'npm run build',
    "cat >> README.md <<'EOF'\nnpm install zq\nEOF",
    'npm install --dry-run zq',
    'eval "$(ssh-agent -s)"',
    'curl -s https://localhost/install | bash',
  ])('without an install has nothing to it: %s', (line) => {
    expect(findingsOf(line)).toEqual([]);
  });

  it('knows a package manager that is called by its path, or with a PATH made from nothing', () => {
    const isPast = (line: string): unknown => readShellLine(line).map((one) => 'byPath' in one && one.byPath);
    expect(isPast('/usr/bin/npm i zq')).toEqual([true]);
    expect(isPast('PATH=/usr/bin npm i zq')).toEqual([true]);
    expect(isPast('PATH=$HOME/bin:$PATH npm i zq')).toEqual([false]);
    expect(isPast('npm i zq')).toEqual([false]);
  });

  it('is told apart where a variable may have either of two values', () => {
    expect(findingsOf('P=zq-a; npm i $P')).toEqual(['npm install zq-a']);
    expect(findingsOf('if x; then P=zq-a; else P=zq-b; fi; npm i $P')).toEqual(['name']);
  });

  it('is too much where it calls itself, or goes on without an end', () => {
    expect(findingsOf('f() { f; npm i zq; }; f')).toContain('npm install zq');
    expect(findingsOf('x=\'eval "$x"\'; eval "$x"; npm i zq')).toContain('too-complex');
    expect(findingsOf(`x=aa;${'x=$x$x;'.repeat(40)}npm i $x`)).toEqual(['name']);
    expect(findingsOf(`npm i ${'{a,b}'.repeat(12)}`)).toEqual(['name']);
    expect(findingsOf(`npm i ${'x'.repeat(300_000)}`)).toEqual(['too-complex']);
  });
});

const PIECES = fc.constantFrom(
  'npm',
  'i',
  'install',
  'zq',
  '$X',
  '"',
  "'",
  '`',
  '$(',
  ')',
  '(',
  '{',
  '}',
  '|',
  '&&',
  ';',
  '\n',
  '<<EOF',
  'EOF',
  '\\',
  'eval',
  'sh -c',
  'for x in',
  'do',
  'done',
  'if',
  'then',
  'fi',
  '$@',
  '<(',
  '>',
  'package.json',
  '[[',
  ']]',
  '$((',
  '))',
  'case',
  'esac',
  '#',
  ' ',
  '*',
  '{a,b}',
  '!',
  'function f',
);

const SECOND_MS = 1_000;

/**
 * Milliseconds that reading takes its thread at most: no longer than it lasts, so that V8's other threads don't count, and no more than
 * the processor time of this process, so that others on the machine don't.
 */
function readingMs(text: string): number {
  const [startMs, before] = [performance.now(), process.cpuUsage()];
  readShellLine(text);
  return Math.min(performance.now() - startMs, process.cpuUsage(before).user / 1_000);
}

describe('any text', () => {
  it('is read within a second, and never throws', () => {
    const line = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.array(PIECES, { maxLength: 60 }).map((all) => all.join(' ')),
    );
    fc.assert(
      fc.property(line, (text) => {
        expect(readingMs(text)).toBeLessThan(SECOND_MS);
      }),
      { numRuns: 1500 },
    );
  });

  it('is read within a second where it is long', () => {
    for (const text of [
      '$('.repeat(50_000),
      'a|'.repeat(50_000),
      '{a,b}'.repeat(2000),
      'f(){ f;f; };f;'.repeat(500),
      'npm i $(echo x) '.repeat(3000),
    ]) {
      expect(readingMs(text)).toBeLessThan(SECOND_MS);
    }
  });
});

describe('the look before the parser', () => {
  it('lets no line through in which the parser finds something', () => {
    const lines = readCases('bench/agents').flatMap(({ input }) => {
      const { command } = (input['tool_input'] ?? {}) as { readonly command?: string };
      return command === undefined ? [] : [command];
    });
    expect(lines.length).toBeGreaterThan(200);
    expect(lines.filter((line) => readShellLine(line).length > 0 && !mayInstall(line))).toEqual([]);
  });

  it('finds an install however its letters are quoted, and so does the parser', () => {
    const quoted = (letter: string) =>
      fc.constantFrom(letter, `'${letter}'`, `"${letter}"`, `\\${letter}`, `${letter}''`, `""${letter}`);
    const word = (text: string) => fc.tuple(...[...text].map(quoted)).map((all) => all.join(''));
    fc.assert(
      fc.property(word('npm'), word('install'), word('zq'), (npm, install, name) => {
        const line = `${npm} ${install} ${name}`;
        expect([mayInstall(line), findingsOf(line)]).toEqual([true, ['npm install zq']]);
      }),
    );
  });

  it('is not enough for a program that is called by a path: it may be a script', () => {
    expect(['bin/setup', 'make && /tmp/run', './x'].map(mayInstall)).toEqual([true, true, true]);
  });

  it.each(['git status', 'ls -la src', 'cargo build --release', 'cat src/index.ts', 'make -j4 test'])(
    'needs no parser for %s',
    (line) => {
      expect(mayInstall(line)).toBe(false);
    },
  );
});
