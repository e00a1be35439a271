import { readShellLine } from '../../../src/shell/read-shell-line.js';
import { type FuzzTarget, mustHold } from '../target.js';

const CANARY = 'zq-canary';

/**
 * Holds besides: an install in the first line is found, or the whole is unclear, whatever follows: a shell runs the first line
 * before it reads the second.
 */
export const shellLine: FuzzTarget = {
  name: 'shell-line',
  seeds: () => [
    'cd a && npm i -D zq-a@1 zq-b || pnpm add zq-c; npx -y zq-d --flag',
    'f() { npm "$1" zq-e; }; f install; alias n=npm; n i zq-f',
    'for p in a b; do npm i zq-$p; done; case $1 in a) npm i zq;; esac',
    'bash -c \'npm i zq-a\' <<< x; eval "npm i zq-b"; echo bnBt | base64 -d | sh; $(echo npm) i zq',
    'cat > package.json <<EOF\n{"dependencies":{"zq-a":"1"}}\nEOF\nnpm i',
    "PATH=./bin:$PATH env -i sudo -u x npm --prefix a i zq-a & wait; node -e \"require('child_process').execSync('npm i zq')\"",
  ],
  words: [
    ...[
      'npm ',
      'pnpm ',
      'npx ',
      'yarn ',
      'bun ',
      'i ',
      'install ',
      'add ',
      'zq-a ',
      '&&',
      '||',
      ';',
      '|',
      '&',
      '\n',
      '$(',
    ],
    ...[
      ')',
      '`',
      '"',
      "'",
      '\\',
      '${',
      '}',
      '$',
      '(',
      '((',
      '[[',
      ']]',
      '<<EOF\n',
      'EOF\n',
      '<<<',
      '>',
      '>>',
      '<(',
      '{a,b}',
      '*',
    ],
    ...[
      'if ',
      'then ',
      'fi',
      'for x in ',
      'do ',
      'done',
      'while ',
      'case ',
      'esac',
      'f() {',
      'function ',
      'eval ',
      'sh -c ',
      'xargs ',
    ],
    ...[
      'alias ',
      'export ',
      'IFS=',
      'set -e',
      'exec ',
      'time ',
      '! ',
      '#',
      '\0',
      '\t',
      'env ',
      'sudo ',
      'base64 -d',
      '--registry=http://127.0.0.1:9',
    ],
  ],
  run: (bytes) => {
    const text = bytes.toString('utf8');
    readShellLine(text);
    const found = readShellLine(`npm i ${CANARY}\n${text}`);
    const isSeen = found.some(
      (one) => one.kind === 'unclear' || (one.kind === 'packages' && one.specs.includes(CANARY)),
    );
    mustHold(isSeen, 'an install before the text is not found');
  },
};
