/** Where a function is; lines and columns count from 0, as V8 has them. */
export type CallFrame = {
  readonly functionName: string;
  readonly url: string;
  readonly lineNumber: number;
  readonly columnNumber: number;
};

/** A call with what was spent in it alone: microseconds of a CPU profile, bytes of a heap profile. */
export type ProfileNode = {
  readonly frame: CallFrame;
  readonly self: number;
  readonly children: readonly ProfileNode[];
};

/** What `node --cpu-prof` writes. */
export type CpuProfile = {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: CallFrame;
    readonly children?: readonly number[];
  }[];
  readonly samples: readonly number[];
  /** Microseconds since the sample before. */
  readonly timeDeltas: readonly number[];
};

/** What `node --heap-prof` writes: live bytes by where they were allocated, sampled. */
export type HeapProfile = { readonly head: HeapNode };
type HeapNode = {
  readonly callFrame: CallFrame;
  readonly selfSize: number;
  readonly children: readonly HeapNode[];
};

/** A sample stands for the time until the next one. */
export function fromCpuProfile({ nodes, samples, timeDeltas }: CpuProfile): ProfileNode {
  const spent = new Map<number, number>();
  samples.forEach((id, index) => {
    spent.set(id, (spent.get(id) ?? 0) + Math.max(0, timeDeltas[index + 1] ?? 0));
  });
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const grow = (id: number): ProfileNode => {
    const node = byId.get(id);
    if (node === undefined) throw new Error(`the profile has no node ${id}`);
    return { frame: node.callFrame, self: spent.get(id) ?? 0, children: (node.children ?? []).map(grow) };
  };
  return grow(nodes[0]?.id ?? 0);
}

export function fromHeapProfile({ head }: HeapProfile): ProfileNode {
  return {
    frame: head.callFrame,
    self: head.selfSize,
    children: head.children.map((node) => fromHeapProfile({ head: node })),
  };
}

export function totalOf(node: ProfileNode): number {
  return node.self + node.children.reduce((sum, child) => sum + totalOf(child), 0);
}

/** What was spent in all calls together, by a label of the frame, most first. */
export function selfBy(
  root: ProfileNode,
  labelOf: (frame: CallFrame) => string,
): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  const visit = ({ frame, self, children }: ProfileNode): void => {
    if (self > 0) sums.set(labelOf(frame), (sums.get(labelOf(frame)) ?? 0) + self);
    for (const child of children) visit(child);
  };
  visit(root);
  return new Map([...sums].toSorted(([, a], [, b]) => b - a));
}
