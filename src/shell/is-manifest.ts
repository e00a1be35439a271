/** Whether a path is the package.json of a project of the user's. */
export function isManifest(file: string): boolean {
  return /(?:^|[\\/])package\.json$/.test(file) && !/(?:^|[\\/])node_modules[\\/]/.test(file);
}
