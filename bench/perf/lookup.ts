import type { FactQuery, LookupContext, PackageFacts, RegistryRef } from '../../src/model/facts.js';
import { NOW_MS } from '../accuracy/clock.js';
import { nameOf } from './bench-world.js';
import type { BenchPackage } from './documents.js';

/** A question as the pipeline asks it. */
export function queryOf({ name, version }: BenchPackage, registry: RegistryRef): FactQuery<PackageFacts> {
  return { name: nameOf(name), registry, versions: [version], needsVersions: false, previous: null };
}

export function contextOf(): LookupContext {
  return { nowMs: NOW_MS, signal: new AbortController().signal, onAnswer: () => undefined };
}
