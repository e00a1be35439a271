/**
 * The section of a version in a changelog as https://keepachangelog.com has it, without its heading; `null` = none, or an
 * empty one.
 */
export function changelogSection(changelog, version) {
  const sections = changelog.split(/^## /m).slice(1);
  const section = sections.find((text) => text.split(/[\s\]]/, 1)[0].replace(/^\[/, '') === version);
  const body = section?.slice(section.indexOf('\n') + 1).trim() ?? '';
  return body === '' ? null : body;
}
