import type { Handler } from '../run-call.js';
import type { Call, Reading } from '../scope.js';
import { cutWords, isOn, names, specsOf } from './options.js';
import { notePackages } from './report.js';

const NOTHING = { valued: names(''), short: {} };

/** Programs that install packages of npm's registry with a manager that they start themselves. */
export const OTHER_TOOLS: Readonly<Record<string, Handler>> = {
  corepack: (call, reading) => {
    const at = call.words.findIndex((word, index) => index > 0 && !word.startsWith('-'));
    const rest = at < 0 ? [] : call.words.slice(at);
    const manager = /^(npm|npx|pnpm|pnpx|yarn|yarnpkg)(?:@.*)?$/.exec(rest[0] ?? '')?.[1];
    if (manager !== undefined) reading.runCall({ ...call, words: [manager, ...rest.slice(1)] });
  },
  deno: (call, reading) => {
    const [verb, ...rest] = call.words.slice(1);
    if (!/^(?:add|install|i|run|x|cache)$/.test(verb ?? '')) return;
    const specs = rest.flatMap((word) => (/^npm:\/?/.test(word) ? [word.replace(/^npm:\/?/, '')] : []));
    const how = /^(?:run|x|cache)$/.test(verb ?? '') ? 'run' : 'install';
    notePackages(call, { manager: 'deno', how, specs }, reading);
  },
  expo: after('install'),
  ng: after('add'),
  lerna: after('add'),
  nx: after('add'),
  rush: (call, reading) => {
    const cut = cutWords(call.words.slice(1), { valued: names('package'), short: { p: 'package' } });
    if (cut.words[0] === 'add' && !isOn(cut, 'help'))
      notePackages(
        call,
        { manager: 'npm', how: 'install', specs: cut.options.get('package') ?? [] },
        reading,
      );
  },
};

function after(verb: string): Handler {
  return (call: Call, reading: Reading) => {
    const { words, rest } = cutWords(call.words.slice(1), NOTHING);
    if (words[0] !== verb) return;
    const specs = specsOf([...words.slice(1), ...rest]).slice(0, verb === 'add' ? 1 : 64);
    notePackages(call, { manager: 'npm', how: 'install', specs }, reading);
  };
}
