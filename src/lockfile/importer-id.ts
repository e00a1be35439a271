/** The id of the importer at `path`: `root` for `.`, else the path; a project in a folder called `root` is `./root`. */
export function importerId(path: string): string {
  if (path === '.') return 'root';
  return path === 'root' ? './root' : path;
}
