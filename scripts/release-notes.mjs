// Prints the notes of a release: node scripts/release-notes.mjs v1.2.3
import { readFileSync } from 'node:fs';
import { changelogSection } from './changelog-section.mjs';

const version = (process.argv[2] ?? '').replace(/^v/, '');
const section = changelogSection(readFileSync('CHANGELOG.md', 'utf8'), version);
if (section === null) throw new Error(`CHANGELOG.md has no section for ${version}`);
console.log(section);
