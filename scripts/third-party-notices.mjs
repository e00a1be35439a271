import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** What licences ask for: whose code is in a bundle, and on what terms. */
const FILE = 'THIRD-PARTY-NOTICES.txt';
const LICENCE_FILE = /^(?:licen[cs]e|copying|notice)(?:[-.].*)?$/i;

/** A plugin for rolldown that writes it beside the bundle. @throws Error where a package says nothing of its licence */
export const thirdPartyNotices = {
  name: 'third-party-notices',
  generateBundle(_, bundle) {
    const folders = new Set();
    for (const { moduleIds = [] } of Object.values(bundle)) {
      for (const id of moduleIds) {
        const folder = packageFolder(id);
        if (folder !== null) folders.add(folder);
      }
    }
    const notices = [...folders].map(noticeOf).toSorted((one, other) => (one.title < other.title ? -1 : 1));
    // The same version may be installed in two places.
    const all = new Map(notices.map(({ title, text }) => [title, text]));
    const source = [...all].map(([title, text]) => `${title}\n\n${text}\n`).join(`\n${'-'.repeat(80)}\n\n`);
    this.emitFile({ type: 'asset', fileName: FILE, source });
  },
};

/** The folder of the package that a module is from; `null` = it is ours. */
function packageFolder(id) {
  const file = id.replace(/^\0/, '').replace(/\?.*$/, '');
  const at = file.lastIndexOf(`${path.sep}node_modules${path.sep}`);
  if (at < 0) return null;
  const rest = file.slice(at + '/node_modules/'.length).split(path.sep);
  const name = rest.slice(0, rest[0].startsWith('@') ? 2 : 1).join(path.sep);
  return path.join(file.slice(0, at), 'node_modules', name);
}

function noticeOf(folder) {
  const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const { name, version, author } = manifest;
  const texts = readdirSync(folder)
    .filter((file) => LICENCE_FILE.test(file))
    .map((file) => readFileSync(path.join(folder, file), 'utf8').trim());
  const by = typeof author === 'string' ? author : (author?.name ?? 'its authors');
  const text =
    texts.length > 0 ? texts.join('\n\n') : `By ${by}. The package has no file with the text of it.`;
  return { title: `${name} ${version} (${licenceOf(manifest)})`, text };
}

/** As package.json has it, or had it before there was `license`. */
function licenceOf({ name, license, licenses }) {
  if (typeof license === 'string') return license;
  const types = [license, ...(Array.isArray(licenses) ? licenses : [])].map((one) => one?.type);
  const known = types.filter((type) => typeof type === 'string');
  if (known.length === 0) throw new Error(`${name} has no licence in its package.json`);
  return known.join(' OR ');
}
