import { hashText, mix } from '../../src/names/hash.js';
import { pieceOf } from './syllables.js';

/** The `repository` member of a manifest. */
export type Repository = string | { readonly type: 'git'; readonly url: string; readonly directory?: string };

/** How a package states a repository of its own. */
export type Shape = 'usual' | 'shorthand' | 'gitlab' | 'plain-url' | 'ssh' | 'monorepo' | 'common-monorepo';

export const SHAPES: readonly Shape[] = [
  'usual',
  'shorthand',
  'gitlab',
  'plain-url',
  'ssh',
  'monorepo',
  'common-monorepo',
];

/** What organisations call the one repository of all their packages; each is the name of somebody's package, too. */
const MONOREPOS = ['monorepo', 'packages', 'sdk', 'web', 'tools', 'js', 'platform', 'ui'];

/** A repository that is the package's own: its base name, below its scope or a made-up account. */
export function ownRepository(name: string, shape: Shape = 'usual'): Repository {
  const base = name.slice(name.indexOf('/') + 1);
  const owner = name.startsWith('@') ? name.slice(1, name.indexOf('/')) : accountOf(name);
  switch (shape) {
    case 'usual':
      return { type: 'git', url: `git+https://github.com/${owner}/${base}.git` };
    case 'shorthand':
      return `github:${owner}/${base}`;
    case 'gitlab':
      return { type: 'git', url: `https://gitlab.com/${owner}/${base}` };
    case 'plain-url':
      return `https://github.com/${owner}/${base}`;
    case 'ssh':
      return { type: 'git', url: `git+ssh://git@github.com/${owner}/${base}.git` };
    case 'monorepo':
      return {
        type: 'git',
        url: `git+https://github.com/${owner}/${owner}.git`,
        directory: `packages/${base}`,
      };
    case 'common-monorepo': {
      const repository = MONOREPOS[(mix(hashText(name)) >>> 0) % MONOREPOS.length] ?? 'monorepo';
      return {
        type: 'git',
        url: `git+https://github.com/${owner}/${repository}.git`,
        directory: `packages/${base}`,
      };
    }
  }
}

/** The repository of another package, as a squatter copies it. */
export function repositoryOf(established: string): Repository {
  const base = established.slice(established.indexOf('/') + 1);
  const path = REAL[established] ?? `${base}/${base}`;
  return { type: 'git', url: `git+https://github.com/${path}.git` };
}

/** Popular packages whose repository we know. */
export function knownRepositories(): readonly string[] {
  return Object.keys(REAL);
}

/** An account name that only depends on `name`. */
export function accountOf(name: string): string {
  const seed = mix(hashText(name)) >>> 0;
  return `${pieceOf(seed)}${pieceOf(seed >>> 8)}${seed % 97}`;
}

/** Where packages really live on GitHub, from memory. Many a repository is called otherwise than its package. */
const REAL: Readonly<Record<string, string>> = {
  '@anthropic-ai/claude-code': 'anthropics/claude-code',
  '@anthropic-ai/sdk': 'anthropics/anthropic-sdk-typescript',
  '@babel/parser': 'babel/babel',
  acorn: 'acornjs/acorn',
  axios: 'axios/axios',
  browserify: 'browserify/browserify',
  chalk: 'chalk/chalk',
  checksum: 'dshaw/checksum',
  clone: 'pvorb/clone',
  'clone-deep': 'jonschlinkert/clone-deep',
  commander: 'tj/commander.js',
  cron: 'kelektiv/node-cron',
  'cron-parser': 'harrisiirak/cron-parser',
  'cron-schedule': 'P4sca1/cron-schedule',
  debug: 'debug-js/debug',
  dotenv: 'motdotla/dotenv',
  eslint: 'eslint/eslint',
  express: 'expressjs/express',
  glob: 'isaacs/node-glob',
  ical: 'peterbraden/ical.js',
  'ical.js': 'kewisch/ical.js',
  ics: 'adamgibbons/ics',
  jose: 'panva/jose',
  'js-joda': 'js-joda/js-joda',
  'js-sha256': 'emn178/js-sha256',
  'js-yaml': 'nodeca/js-yaml',
  jsonwebtoken: 'auth0/node-jsonwebtoken',
  knex: 'knex/knex',
  lodash: 'lodash/lodash',
  md5: 'pvorb/node-md5',
  moment: 'moment/moment',
  mqtt: 'mqttjs/MQTT.js',
  mysql: 'mysqljs/mysql',
  'node-cron': 'node-cron/node-cron',
  'node-ical': 'jens-maus/node-ical',
  npm: 'npm/cli',
  'package-json': 'sindresorhus/package-json',
  pg: 'brianc/node-postgres',
  phoenix: 'phoenixframework/phoenix',
  postgres: 'porsager/postgres',
  prettier: 'prettier/prettier',
  react: 'facebook/react',
  'react-katex': 'talyssonoc/react-katex',
  'react-markdown': 'remarkjs/react-markdown',
  recharts: 'recharts/recharts',
  redis: 'redis/node-redis',
  rxjs: 'ReactiveX/rxjs',
  sanitizer: 'theSmaw/Caja-HTML-Sanitizer',
  semver: 'npm/node-semver',
  sequelize: 'sequelize/sequelize',
  'sha.js': 'browserify/sha.js',
  'socket.io': 'socketio/socket.io',
  'sql-formatter': 'sql-formatter-org/sql-formatter',
  sqlstring: 'mysqljs/sqlstring',
  typescript: 'microsoft/TypeScript',
  undici: 'nodejs/undici',
  uuid: 'uuidjs/uuid',
  validator: 'validatorjs/validator.js',
  vite: 'vitejs/vite',
  webpack: 'webpack/webpack',
  websocket: 'theturtle32/WebSocket-Node',
  ws: 'websockets/ws',
  xss: 'leizongmin/js-xss',
  yargs: 'yargs/yargs',
  zod: 'colinhacks/zod',
};
