import type { NameFinding, TechniqueId } from './finding.js';

/** Why a name was suggested, by technique; `…` stands for the detail that the evidence gives. */
const SENTENCES: Readonly<Record<TechniqueId, string>> = {
  'omitted-character': 'one character is missing',
  'added-character': 'one character too many',
  'doubled-character': 'a character is doubled',
  'swapped-characters': 'two neighbouring characters are swapped',
  'neighbouring-key': 'a neighbouring key was hit',
  'bit-flip': 'one character differs by one bit',
  'replaced-character': 'one character is another',
  'look-alike': 'characters look like those of the established name',
  separators: 'differs in separators only',
  'word-order': 'the same words in another order',
  plural: 'singular and plural are exchanged',
  affix: 'differs in an affix such as js, node or a version',
  'scope-dropped': 'the scope became part of the name',
  'scope-added': 'an established name under a scope that nobody established owns',
  'scope-imitated': 'the scope resembles an established one',
  combination: 'an established name with generic words around it',
  blend: 'part of a blend of two established names',
  'other-ecosystem': 'a name from PyPI',
  'core-module': 'built into Node.js; nothing to install',
  'case-variant': 'differs in upper and lower case only',
};

/** What connects the judged name with the one that it may imitate, as part of a sentence. */
export function sentenceFor(finding: NameFinding): string {
  return SENTENCES[finding.technique];
}
