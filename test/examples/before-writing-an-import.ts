// A code generator asks about a name before it writes it down.
import { GuardError, validate } from 'phantom-guard-install';

/** The name itself where it may be used, the established name that was probably meant, or `null`. */
export async function nameToImport(name: string, registry: string): Promise<string | null> {
  try {
    const { packages } = await validate([name], { registry, downloadsUrl: 'none', useCache: false });
    const [verdict] = packages;
    if (verdict?.action === 'allow') return name;
    return verdict?.suggestions[0]?.name ?? null;
  } catch (error) {
    if (error instanceof GuardError && error.code === 'SPEC_INVALID') return null;
    throw error;
  }
}
