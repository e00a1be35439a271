import { describe, expect, it } from 'vitest';
import { findImitations } from '../../../src/names/find-imitations.js';
import type { NameSignal, TechniqueId } from '../../../src/names/finding.js';
import { loadNameData } from '../../../src/names/load-name-data.js';

const data = loadNameData();

interface Case {
  readonly fires: readonly (readonly [name: string, imitated: string])[];
  /** The nearest names that must not be taken for an imitation in this way. */
  readonly innocent: readonly string[];
  readonly signal: NameSignal;
}

const CASES: Readonly<Record<TechniqueId, Case>> = {
  'omitted-character': {
    signal: 'TYPOSQUAT',
    fires: [
      ['epress', 'express'],
      ['@type/node', '@types/node'],
    ],
    innocent: ['express', 'preact', 'xqzvjwk'],
  },
  'added-character': {
    signal: 'TYPOSQUAT',
    fires: [
      ['lodwash', 'lodash'],
      ['webrpack', 'webpack'],
    ],
    innocent: ['lodash', 'chalk', '@babel/corex'],
  },
  'doubled-character': {
    signal: 'TYPOSQUAT',
    fires: [
      ['expresss', 'express'],
      ['chhalk', 'chalk'],
    ],
    innocent: ['express', 'classnames'],
  },
  'swapped-characters': {
    signal: 'TYPOSQUAT',
    fires: [
      ['axois', 'axios'],
      ['loadsh', 'lodash'],
    ],
    innocent: ['axios', '@babel/coer'],
  },
  'neighbouring-key': {
    signal: 'TYPOSQUAT',
    fires: [
      ['lodadh', 'lodash'],
      ['exprwss', 'express'],
    ],
    innocent: ['lodash', 'es5-shim'],
  },
  'bit-flip': {
    signal: 'TYPOSQUAT',
    fires: [
      ['momend', 'moment'],
      ['exqress', 'express'],
    ],
    innocent: ['moment', 'commander'],
  },
  'replaced-character': {
    signal: 'TYPOSQUAT',
    fires: [
      ['webpuck', 'webpack'],
      ['typescrept', 'typescript'],
    ],
    innocent: ['webpack', 'rollup'],
  },
  'look-alike': {
    signal: 'TYPOSQUAT',
    fires: [
      ['l0dash', 'lodash'],
      ['rnoment', 'moment'],
      ['lоdash', 'lodash'],
      ['@babel/cоre', '@babel/core'],
      [new URL('http://lоdash.test').hostname.slice(0, -5), 'lodash'],
      ['c0mm4nder', 'commander'],
    ],
    innocent: ['lodash', 'moment', 'xn--', 'заяц'],
  },
  separators: {
    signal: 'TYPOSQUAT',
    fires: [
      ['crossenv', 'cross-env'],
      ['date_fns', 'date-fns'],
      ['lo-dash', 'lodash'],
      ['nodecr-on', 'node-cron'],
      ['fsextra', 'fs-extra'],
      ['eslintconfigprettier', 'eslint-config-prettier'],
    ],
    innocent: ['cross-env', 'date-fns', 'color-name'],
  },
  'word-order': {
    signal: 'TYPOSQUAT',
    fires: [
      ['dom-react', 'react-dom'],
      ['native-react-reanimated', 'react-native-reanimated'],
      ['prettier-config-eslint', 'eslint-config-prettier'],
      ['airbnb-config-eslint-typescript', 'eslint-config-airbnb-typescript'],
    ],
    innocent: ['react-dom', 'lodash'],
  },
  plural: {
    signal: 'TYPOSQUAT',
    fires: [
      ['class-variance-authorities', 'class-variance-authority'],
      ['babel-loaderes', 'babel-loader'],
    ],
    innocent: ['classnames', '@types/nodes'],
  },
  affix: {
    signal: 'TYPOSQUAT',
    fires: [
      ['lodash-js', 'lodash'],
      ['node-lodash', 'lodash'],
      ['express2', 'express'],
      ['node-discord', 'discord.js'],
      ['commander-v9', 'commander'],
    ],
    innocent: ['chart.js', 'node-fetch', '@x-phantom/lodash-js'],
  },
  'scope-dropped': {
    signal: 'NAMESPACE_SQUATTING',
    fires: [
      ['types-node', '@types/node'],
      ['babel_core', '@babel/core'],
    ],
    innocent: ['@types/node', 'react-dom', '-core'],
  },
  'scope-added': {
    signal: 'NAMESPACE_SQUATTING',
    fires: [
      ['@lodash-phantom/lodash', 'lodash'],
      ['@knex-phantom/knex', 'knex'],
    ],
    innocent: ['lodash', '@types/lodash', '@babel/lodash'],
  },
  'scope-imitated': {
    signal: 'NAMESPACE_SQUATTING',
    fires: [
      ['@anthropic/sdk', '@anthropic-ai/sdk'],
      ['@babel-core/x', '@babel/core'],
      ['@typess/phantom-x', '@types/node'],
      ['@node-babel/core', '@babel/core'],
      ['@tyxpes/node', '@types/node'],
    ],
    innocent: ['@types/phantom-invented', '@anthropic-ai/phantom-invented', 'types'],
  },
  combination: {
    signal: 'HALLUCINATION_PATTERN',
    fires: [
      ['react-query-auth-utils', 'react-query'],
      ['express-gpt-helper', 'express'],
      ['debug-ai-helper', 'debug'],
      ['array.prototype.flat-helper', 'array.prototype.flat'],
      ['react-phantasmo-query', 'react-query'],
    ],
    innocent: ['react-query', 'phantasmo-zorbl-quux', 'client-side', 'a-b-c-d-e-f-g-h-i-j'],
  },
  blend: {
    signal: 'HALLUCINATION_PATTERN',
    fires: [
      ['react-codeshift', 'jscodeshift'],
      ['browserify-websocket', 'browserify'],
      ['browserifywebsocket', 'browserify'],
    ],
    innocent: ['react-redux', 'react-react', 'zorbl-quux'],
  },
  'other-ecosystem': {
    signal: 'CROSS_ECOSYSTEM',
    fires: [
      ['sqlalchemy-utils', 'sqlalchemy-utils'],
      ['scikit_learn', 'scikit-learn'],
    ],
    innocent: ['requests-phantom', 'redis', '@phantom-x/boto3'],
  },
  'core-module': {
    signal: 'CORE_MODULE',
    fires: [
      ['fs', 'fs'],
      ['child-process', 'child_process'],
      ['node-worker-threads', 'worker_threads'],
      ['node:fs', 'fs'],
    ],
    innocent: ['fs-extra', 'node-fetch', 'http-server'],
  },
  'case-variant': {
    signal: 'TYPOSQUAT',
    fires: [
      ['Lodash', 'lodash'],
      ['React', 'react'],
    ],
    innocent: ['lodash', 'JSONStream'],
  },
};

describe.each(Object.entries(CASES) as [TechniqueId, Case][])(
  '%s',
  (technique, { fires, innocent, signal }) => {
    it.each(fires)('recognises %s as an imitation of %s', (name, imitated) => {
      const finding = findImitations(name, data).find((found) => found.imitated === imitated);
      expect(finding, JSON.stringify(findImitations(name, data))).toBeDefined();
      expect(finding?.technique).toBe(technique);
      expect(finding?.signal).toBe(
        name.startsWith('@') && signal === 'TYPOSQUAT' ? 'NAMESPACE_SQUATTING' : signal,
      );
      expect(finding?.strength).toBeGreaterThan(0);
      expect(Object.keys(finding?.evidence ?? {})).not.toHaveLength(0);
    });

    it.each(innocent)('leaves %s alone', (name) => {
      expect(findImitations(name, data).map((found) => found.technique)).not.toContain(technique);
    });
  },
);
