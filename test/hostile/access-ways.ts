import type { FakeRegistry } from '../support/fake-registry.js';
import type { Layer, Settings } from './access-world.js';

/** What a way needs to be tried once: servers that listen, and what the layer under test says. */
export type Laid = {
  readonly settings: Settings;
  /** In the global file, or in variables beside the layer: not what is tried. */
  readonly below?: Settings;
  readonly env?: Readonly<Record<string, string>>;
  readonly name?: string;
  /** Every server that may see a request, by what it is. */
  readonly registries: Readonly<Record<string, FakeRegistry>>;
  /** What else the servers have to have seen after each of the two asked; throws where they have not. */
  readonly seen?: () => void;
  /** Forgets what the servers have seen. */
  readonly forget?: () => void;
};

export type Way = {
  readonly way: string;
  readonly outcome: 'reached' | 'refused';
  /** Default: all. */
  readonly layers?: readonly Layer[];
  /** Variables of Node decide, so that the built command line is run. */
  readonly built?: boolean;
  readonly lay: () => Promise<Laid>;
};
