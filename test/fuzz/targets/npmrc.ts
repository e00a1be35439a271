import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseIni } from '../../../src/registry/pnpm-config.js';
import { readRegistrySettings } from '../../../src/registry/read-npm-config.js';
import { addSetting, npmrcSetting, removeSetting } from '../../../src/wiring/npmrc.js';
import { type FuzzTarget, mustHold } from '../target.js';

const VARIABLE = `$${'{'}ZQ_TOKEN}`;

const SEEDS = [
  `registry=http://127.0.0.1:9/\n@zq:registry=http://127.0.0.1:9/zq/\n//127.0.0.1:9/:_authToken=${VARIABLE}\n`,
  'proxy=http://127.0.0.1:9/\nnoproxy=a,b\nstrict-ssl=false\nca[]="-----BEGIN"\nca[]=b\nfetch-retries=3\n//127.0.0.1:9/:_auth=eDp5\n',
  '; a comment\n# another\n[section]\nscript-shell = sh\n"quoted key" = \'v\'\nignore-scripts\n',
];
const WORDS = [
  ...[
    'registry=',
    '=',
    '\n',
    '\r\n',
    ';',
    '#',
    '[',
    ']',
    '[]',
    '"',
    "'",
    '${',
    '}',
    VARIABLE,
    `$${'{'}ZQ?}`,
    '\\',
    '\uFEFF',
  ],
  ...[
    'http://127.0.0.1:9/',
    'https://u:p@127.0.0.1:9/',
    '//127.0.0.1:9/',
    ':_authToken=',
    ':_auth=',
    ':username=',
    ':_password=',
  ],
  ...[
    '@zq:registry=',
    'proxy=',
    'https-proxy=',
    'noproxy=',
    'strict-ssl=',
    'cert=',
    'key=',
    'null',
    'true',
    'fetch-timeout=1e9',
  ],
  ...['script-shell', '__proto__=', 'constructor=', ':certfile=zq', ':keyfile=zq'],
];
const KEY = 'script-shell';

/** The lines themselves. Holds besides: a setting that is put in can be read, and taken out again without a trace. */
export const npmrcLines: FuzzTarget = {
  name: 'npmrc-lines',
  share: 40,
  seeds: () => SEEDS,
  words: WORDS,
  run: (bytes) => {
    parseIni({ path: '/zq/rc', text: bytes.toString('utf8') }, { ZQ_TOKEN: 'zq' });
    npmrcSetting(bytes, KEY);
    const added = addSetting(bytes, KEY, '/zq a/shell');
    mustHold(npmrcSetting(added, KEY) === '/zq a/shell', 'the setting has no effect');
    mustHold(removeSetting(added, KEY)?.equals(bytes) === true, 'the file is not as it was');
  },
};

let folder: string | null = null;

/** All layers, by npm's own library. Holds besides: a registry is an http(s) URL, and a token is for the host that it stands beside. */
export const npmrcSettings: FuzzTarget = {
  name: 'npmrc-settings',
  share: 0.3,
  seeds: () => SEEDS,
  words: WORDS,
  run: async (bytes) => {
    folder ??= temporary();
    writeFileSync(path.join(folder, '.npmrc'), bytes);
    const env = { HOME: folder, ZQ_TOKEN: 'zq-canary' };
    const settings = await readRegistrySettings({ cwd: folder, env, npmPath: folder });
    for (const url of [settings.registry, ...Object.values(settings.scopeRegistries)])
      mustHold(/^https?:\/\//.test(url), 'a registry that is no http(s) URL');
    const text = bytes.toString('latin1');
    for (const place of Object.keys(settings.credentials))
      mustHold(text.includes(hostOf(place)), 'credentials for a host that the file does not name');
  },
};

/** Of `//HOST/PATH/`. URLs write hosts in their own way, so only plain ones are compared. */
function hostOf(nerfDart: string): string {
  const host = nerfDart.slice(2).split('/')[0] ?? '';
  return host === '127.0.0.1:9' ? host : '';
}

function temporary(): string {
  const made = mkdtempSync(path.join(tmpdir(), 'phantom-guard-fuzz-'));
  writeFileSync(path.join(made, 'package.json'), '{}');
  process.once('exit', () => rmSync(made, { recursive: true, force: true }));
  return made;
}
