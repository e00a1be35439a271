// Fails where a tag may not be released: node scripts/check-release.mjs v1.2.3
import { readFileSync } from 'node:fs';
import { changelogSection } from './changelog-section.mjs';

const tag = process.argv[2] ?? '';
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const gateway = JSON.parse(readFileSync('gateway/package.json', 'utf8'));
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const changelog = readFileSync('CHANGELOG.md', 'utf8');

const faults = [
  tag === `v${version}` ? null : `the tag is "${tag}", package.json says ${version}`,
  lock.version === version ? null : `package-lock.json says ${lock.version}`,
  gateway.version === version ? null : `gateway/package.json says ${gateway.version}`,
  changelogSection(changelog, version) === null ? `CHANGELOG.md has no section for ${version}` : null,
].filter((fault) => fault !== null);
for (const fault of faults) console.error(fault);
process.exitCode = faults.length === 0 ? 0 : 1;
