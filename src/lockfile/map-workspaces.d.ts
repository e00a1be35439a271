/** The part of npm's workspace globbing that is used here; the package ships no types. */
declare module '@npmcli/map-workspaces' {
  /** Package name to absolute path. */
  export default function mapWorkspaces(options: {
    readonly cwd: string;
    readonly pkg: { readonly workspaces: readonly string[] };
  }): Promise<ReadonlyMap<string, string>>;
}
