/** The parts of npm's own configuration library that are used here; the package ships no types. */
declare module '@npmcli/config' {
  export type NpmConfigLayer = {
    readonly data: Readonly<Record<string, unknown>>;
    readonly source: string | null;
    /** As it was parsed: variables are not replaced. */
    readonly raw?: Readonly<Record<string, unknown>>;
    /** Why the file could not be read; npm itself goes on without it. */
    readonly loadError?: NodeJS.ErrnoException | null;
  };

  export type NpmConfigOptions = {
    readonly definitions: unknown;
    readonly shorthands: unknown;
    readonly flatten: unknown;
    readonly nerfDarts: unknown;
    readonly npmPath: string;
    readonly env: Record<string, string | undefined>;
    readonly argv: readonly string[];
    readonly cwd: string;
    readonly warn: boolean;
  };

  export default class Config {
    constructor(options: NpmConfigOptions);
    /** Layer name to layer, weakest first. */
    readonly data: ReadonlyMap<string, NpmConfigLayer>;
    /** As nopt read them. */
    readonly parsedArgv: { readonly remain: readonly string[] };
    readonly localPrefix: string;
    readonly globalPrefix: string;
    readonly cwd: string;
    load(): Promise<void>;
    /** Its own steps. */
    loadLocalPrefix(): Promise<void>;
    loadUserConfig(): Promise<void>;
    loadGlobalConfig(): Promise<void>;
    get(key: string): unknown;
    find(key: string): string | null;
    validate(layer?: string): boolean;
    invalidHandler(key: string, value: unknown, type: unknown, source: string, layer: string): void;
  }
}

declare module '@npmcli/config/lib/definitions/index.js' {
  type Definition = {
    readonly default: unknown;
    readonly type: unknown;
    readonly flatten?: (key: string, layer: object, flat: Record<string, unknown>) => void;
  };
  const definitions: {
    readonly definitions: Readonly<Record<string, Definition>>;
    readonly shorthands: Readonly<Record<string, readonly string[]>>;
    readonly flatten: unknown;
    readonly nerfDarts: unknown;
  };
  export default definitions;
}
