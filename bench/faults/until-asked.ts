const LOOK_EVERY_MS = 2;

/** Resolves when a registry has had so many requests, or the process that asks it has ended. */
export async function untilAsked(
  registry: { readonly requests: readonly unknown[]; readonly reset: () => void },
  requests: number,
  ended: Promise<unknown>,
): Promise<void> {
  registry.reset();
  let isOver = false;
  void ended.then(() => {
    isOver = true;
  });
  while (!isOver && registry.requests.length < requests)
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
}
