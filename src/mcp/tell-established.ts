import type { Established } from '../names/find-established.js';
import { quoteName } from './quote-name.js';

/** What find_established_package found, in words. Pure. */
export function tellEstablished({ asked, nameIsEstablished, established }: Established): string {
  const about = asked.name === null ? 'this purpose' : quoteName(asked.name);
  if (established.length === 0)
    return `No established package is known for ${about}. That says nothing about whether one exists: ask the user or search the registry, validate what you find with validate_packages, and do not invent a name.`;
  const own = nameIsEstablished === true && established.length === 1;
  return [
    own ? `${about} is an established package.` : `Established for ${about}, likeliest first:`,
    ...established.map(({ name, kind, why }) =>
      kind === 'builtin'
        ? `- ${quoteName(name)}: ${why}.`
        : `- ${quoteName(name)}: ${why}. Run validate_packages before you install it.`,
    ),
  ].join('\n');
}
