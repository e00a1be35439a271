import type { ValueStore } from './value-store.js';

/** A store whose client is loaded when it is first asked: most runs find all facts in the local cache. */
export function createLateStore(make: () => Promise<ValueStore>): ValueStore {
  let making: Promise<ValueStore> | null = null;
  let made: ValueStore | null = null;
  const open = async (): Promise<ValueStore> => {
    making ??= make();
    made = await making;
    return made;
  };
  return {
    read: async (keys) => await (await open()).read(keys),
    claim: async (keys, forMs) => await (await open()).claim(keys, forMs),
    write: (entries, release) => made?.write(entries, release),
    flush: async () => await made?.flush(),
    close: async () => await made?.close(),
    problems: () => made?.problems() ?? [],
  };
}
